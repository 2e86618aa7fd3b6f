package io.jenkins.plugins.deployfirst.webhook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.webhook.CiEvent;
import io.jenkins.plugins.deployfirst.engine.webhook.Delivery;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * Hears from CI servers that something happened, and wakes the watches of that commit.
 *
 * <p>Whoever calls it needs no account, but the secret of the server's webhook. An event is a reason to read the server's
 * API and nothing else: the verdict never comes from here, so that a forged or an old event costs one read at most.
 */
@Extension
public final class WebhookEndpoint implements UnprotectedRootAction {
    static final String URL = "deploy-first-webhook";
    private static final Logger LOGGER = Logger.getLogger(WebhookEndpoint.class.getName());
    // The same to everybody who does not know the secret, whatever is wrong and whatever there is.
    private static final String REFUSED = "Refused: no webhook with this secret is expected here.";

    private final Complaints complaints = new Complaints(1_000, System::nanoTime);
    private final Remembered deliveries = new Remembered(1_000);

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /**
     * Takes a delivery: 200 for what was understood, 403 for who is not known, 400, 408, 413 or 415 for what is no payload
     * that can be understood.
     */
    @POST
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            take(request);
            answer(response, HttpServletResponse.SC_OK, "Thank you.");
        } catch (RefusedException e) {
            complain(request.getRemoteAddr(), e);
            answer(response, e.status(), e.getMessage());
        }
    }

    private void take(StaplerRequest2 request) throws IOException, RefusedException {
        byte[] body = RequestBody.read(request.getInputStream(), request.getContentLengthLong(), System::nanoTime);
        Delivery delivery = new Delivery(headers(request), body);
        Optional<CiService> service = delivery.service();
        if (service.isEmpty()
                || !delivery.isSignedWith(DeployFirstConfiguration.get().webhookSecrets(service.get()))) {
            throw new RefusedException(HttpServletResponse.SC_FORBIDDEN, REFUSED);
        }
        try {
            wake(CiEvent.of(delivery), delivery);
        } catch (DeployFirstException e) {
            int status = delivery.isJson()
                    ? HttpServletResponse.SC_BAD_REQUEST
                    : HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE;
            throw new RefusedException(status, e.getMessage());
        }
    }

    /** A delivery that comes again, by a server's own retry or by somebody who recorded it, wakes nobody again. */
    private void wake(CiEvent event, Delivery delivery) {
        if (event.ended() && deliveries.isNew(delivery.fingerprint())) {
            event.sha()
                    .ifPresent(sha -> CiWatches.wake(
                            sha,
                            place -> place instanceof RepositoryPlace repository
                                    && repository.isNamed(event.service(), event.repository())));
        }
        LOGGER.fine(() -> event.service() + " " + event.repository() + ": " + event.says());
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
        return headers;
    }

    private void complain(String sender, RefusedException refusal) {
        complaints.next(sender + " " + refusal.status()).ifPresent(silenced -> {
            String before = silenced == 0 ? "" : " So were " + silenced + " others since that was said.";
            LOGGER.warning(() ->
                    "A webhook from " + sender + " was refused (" + refusal.status() + "): " + refusal.getMessage()
                            + before + " Further ones from there are refused without a word for an hour.");
        });
    }

    private static void answer(StaplerResponse2 response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Lets CI servers post without a crumb: the secret proves more than a crumb would. */
    @Extension
    public static final class WithoutCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (path == null || !path.equals("/" + URL) && !path.equals("/" + URL + "/")) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}

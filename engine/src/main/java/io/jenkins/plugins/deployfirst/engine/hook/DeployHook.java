package io.jenkins.plugins.deployfirst.engine.hook;

import io.jenkins.plugins.deployfirst.engine.BoundedBody;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Calls a deploy hook: an HTTP request to an address that is the secret.
 *
 * <p>The address and the body are in no message of this class, and neither is what Java's HTTP client or the peer says,
 * since both may repeat them. A redirect is not followed: it would tell the secret to somebody else.
 *
 * <p>Tried again is what failed at the server (5xx) or in the connection. An answer that does not come in time is not: the
 * platform may be at work, and would be asked to deploy twice.
 */
public final class DeployHook {
    private static final int ANSWER_LIMIT = 4096;

    private final HttpClient client;
    private final Backoff backoff;

    /** Creates one; the client must not follow redirects. */
    public DeployHook(HttpClient client) {
        this(client, Backoff.DEFAULT);
    }

    DeployHook(HttpClient client, Backoff backoff) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would take the secret along");
        }
        this.client = client;
        this.backoff = backoff;
    }

    /**
     * Calls the hook until it takes the request, or has had its chances.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED when it was refused, PERSON_NEEDED when nobody knows whether the
     *     platform deploys)
     */
    public HookAnswer call(HookSettings settings, Progress progress) throws InterruptedException {
        HttpRequest request = request(settings);
        for (int attempt = 1; ; attempt++) {
            Answer answer = ask(request, settings.timeout());
            if (answer.status() / 100 == 2) {
                progress.info("The deploy hook took it: HTTP " + answer.status() + ".");
                return new HookAnswer(answer.status(), attempt);
            }
            if (!answer.mayBeRepeated()) {
                throw refused(answer);
            }
            if (attempt > settings.retries()) {
                throw new DeployFirstException(
                        Outcome.PERSON_NEEDED,
                        "The deploy hook did not take it in " + attempt + (attempt == 1 ? " attempt (" : " attempts (")
                                + answer.problem() + ").",
                        "Look at the platform, and run the step again.");
            }
            Duration pause =
                    backoff.pause(attempt - 1, ThreadLocalRandom.current().nextDouble());
            progress.warn("The deploy hook did not take it (" + answer.problem() + "); trying again in "
                    + DurationText.format(pause) + ".");
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }

    private static DeployFirstException refused(Answer answer) {
        int status = answer.status();
        if (status == 0) {
            return new DeployFirstException(
                    Outcome.PERSON_NEEDED,
                    "The deploy hook: " + answer.problem() + ".",
                    "It is not asked again, because the platform may be at work: look there, or give a longer timeout.");
        }
        String remedy =
                switch (status) {
                    case 401, 403, 404, 410 ->
                        "Is the hook still there? Create a new one and store its address in the credential.";
                    case 429 -> "Call it less often.";
                    default ->
                        status / 100 == 3
                                ? "A redirect is not followed, because the address is secret: store the one that it leads to."
                                : "Look at what the platform expects: method, headers and body.";
                };
        return DeployFirstException.unchanged("The deploy hook refused it: HTTP " + status + ".", remedy);
    }

    private Answer ask(HttpRequest request, Duration timeout) throws InterruptedException {
        AtomicInteger status = new AtomicInteger();
        BodyHandler<BoundedBody> body = BoundedBody.upTo(ANSWER_LIMIT);
        CompletableFuture<HttpResponse<BoundedBody>> exchange = client.sendAsync(request, response -> {
            status.set(response.statusCode());
            return body.apply(response);
        });
        String problem;
        boolean repeat;
        try {
            exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            problem = "";
            repeat = false;
        } catch (TimeoutException late) {
            problem = "no answer within " + DurationText.format(timeout);
            repeat = false;
        } catch (ExecutionException failed) {
            problem = problem(failed);
            repeat = true;
        } finally {
            // Ends the exchange and its connection unless it is complete.
            exchange.cancel(true);
        }
        // A status is an answer, also when the body after it did not come to its end.
        int answered = status.get();
        return answered == 0
                ? new Answer(0, repeat, problem)
                : new Answer(answered, answered >= 500, "HTTP " + answered);
    }

    private static HttpRequest request(HookSettings settings) {
        BodyPublisher body =
                settings.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(settings.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url()).setHeader("User-Agent", "deploy-first");
        String user = settings.url().getUserInfo();
        if (user != null) {
            String login = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            request.setHeader("Authorization", "Basic " + login);
        }
        settings.headers().forEach(request::setHeader);
        if (!"https".equalsIgnoreCase(settings.url().getScheme())) {
            // Without TLS the client would offer an upgrade to HTTP/2 in headers that not every server bears.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return request.method(settings.method(), body).build();
    }

    /** Says what went wrong by the sort of failure alone; its message may name the address. */
    private static String problem(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        if (has(causes, UnresolvedAddressException.class)) {
            return "its host name cannot be resolved";
        }
        if (has(causes, HttpConnectTimeoutException.class)) {
            return "no connection in time";
        }
        if (has(causes, SSLException.class)) {
            return "TLS failed";
        }
        return has(causes, ConnectException.class) ? "no connection" : "the connection broke off";
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    /**
     * What became of one request.
     *
     * @param status the HTTP status; 0 when none came
     * @param mayBeRepeated whether the request may be sent again
     * @param problem what went wrong, in words
     */
    private record Answer(int status, boolean mayBeRepeated, String problem) {}
}

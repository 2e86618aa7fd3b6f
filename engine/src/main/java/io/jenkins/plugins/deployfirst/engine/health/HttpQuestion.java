package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks what a check asks for, by any transport, and follows redirects by the same rules everywhere. */
final class HttpQuestion {
    private static final int MOST_REDIRECTS = 5;

    private final HttpCheck check;
    private final HttpExpectation expectation;
    private final HttpTransport transport;

    HttpQuestion(HttpCheck check, HttpTransport transport) {
        this.check = check;
        this.expectation = new HttpExpectation(check, Clock.systemUTC());
        this.transport = transport;
    }

    /** Asks once, redirects included, within the timeout. */
    ProbeResult ask(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        try {
            HttpAnswer answer = follow(deadline);
            String problem =
                    expectation.problem(answer, deadline.elapsed(), deadline).orElse("");
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the answer was judged");
            }
            return new ProbeResult(problem.isEmpty(), Integer.toString(answer.status()), problem);
        } catch (IOException noAnswer) {
            return new ProbeResult(false, "", noAnswer.getMessage());
        }
    }

    private HttpAnswer follow(Deadline deadline) throws IOException, InterruptedException {
        URI url = Urls.requestTarget(check.url());
        Map<String, String> headers = requestHeaders();
        Optional<Instant> certificateEnd = Optional.empty();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            if (deadline.isOver()) {
                throw new IOException("no answer within " + DurationText.format(deadline.timeout()));
            }
            HttpAnswer answer = transport.get(url, headers, deadline);
            // Every server on the way must have a certificate that lasts; the one that ends first decides.
            certificateEnd = Stream.of(certificateEnd, answer.certificateEnd())
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
            if (expectation.accepts(answer.status()) || !answer.isRedirect()) {
                return new HttpAnswer(
                        answer.status(), answer.location(), answer.body(), answer.truncated(), certificateEnd);
            }
            URI target = redirectTarget(url, answer);
            if (!Urls.sameOrigin(url, target)) {
                // Any of the headers may be a credential, and what comes after another origin has been chosen by it.
                headers = Map.of();
            }
            url = target;
        }
        throw new IOException(
                "redirected more than " + MOST_REDIRECTS + " times, at last to " + Urls.withoutSecrets(url));
    }

    private static URI redirectTarget(URI from, HttpAnswer answer) throws IOException {
        URI target = Urls.resolve(from, answer.location().orElseThrow())
                .orElseThrow(() -> new IOException(
                        "HTTP " + answer.status() + " redirects to something that is not an http or https URL"));
        if (Urls.isHttps(from) && !Urls.isHttps(target)) {
            throw new IOException("HTTP " + answer.status() + " redirects from https to " + Urls.withoutSecrets(target)
                    + ", which is not followed");
        }
        return Urls.requestTarget(target);
    }

    private Map<String, String> requestHeaders() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(check.headers());
        String user = check.url().getUserInfo();
        if (user != null) {
            String credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            headers.putIfAbsent("Authorization", "Basic " + credentials);
        }
        return headers;
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.TailBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads the end of a job's log from a CI server. A log is of use and never needed: whatever keeps it away, such as a
 * missing permission, is no error.
 */
final class JobLogs {
    private static final int END = 64 * 1024;
    private static final long LONGEST = 64L * 1024 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final URI base;
    private final Supplier<Optional<String>> token;
    private final UnaryOperator<String> mask;

    /**
     * Creates it.
     *
     * @param client must not follow redirects by itself
     * @param base the API's address
     * @param token read for each log
     * @param mask takes secrets out of what a log says
     */
    JobLogs(HttpClient client, URI base, Supplier<Optional<String>> token, UnaryOperator<String> mask) {
        this.client = client;
        this.base = base;
        this.token = token;
        this.mask = mask;
    }

    /** Reads the last lines of a log; none when it cannot be had. Never fails. */
    CompletableFuture<List<String>> lastLines(String path) {
        try {
            Optional<String> secret = token.get().map(String::strip).filter(value -> !value.isEmpty());
            return get(URI.create(base + path), secret, MAX_REDIRECTS)
                    .thenApply(end -> LogText.lastLines(end, text -> mask.apply(Refusals.withoutSecret(text, secret))))
                    .exceptionally(failure -> List.of());
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private CompletableFuture<String> get(URI uri, Optional<String> secret, int redirectsLeft) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("User-Agent", "deploy-first");
        // Logs are kept by other servers, whose address has its own signature: the token is not theirs.
        secret.filter(value -> CiApi.origin(uri).equals(CiApi.origin(base)))
                .ifPresent(value -> request.header("Authorization", "Bearer " + value));
        CompletableFuture<HttpResponse<Optional<String>>> sent =
                client.sendAsync(request.build(), TailBody.of(END, LONGEST));
        CompletableFuture<HttpResponse<Optional<String>>> bounded =
                sent.copy().orTimeout(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        bounded.whenComplete((response, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            }
        });
        return bounded.thenCompose(response -> {
            if (response.statusCode() == 200) {
                return CompletableFuture.completedFuture(response.body().orElse(""));
            }
            Optional<URI> target = response.headers()
                    .firstValue("Location")
                    .filter(location -> REDIRECTS.contains(response.statusCode()) && redirectsLeft > 0)
                    .map(uri::resolve)
                    .filter(next -> next.getScheme().equals(uri.getScheme())
                            || next.getScheme().equals("https"));
            return target.isPresent()
                    ? get(target.get(), secret, redirectsLeft - 1)
                    : CompletableFuture.completedFuture("");
        });
    }
}

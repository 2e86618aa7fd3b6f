package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.BoundedBody;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a CI server's REST API for one document at a time: credentials, redirects, bounds, and what each refusal means. */
final class CiApi {
    /** Of one request, when nobody says otherwise. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY = 10 * 1024 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    private static final Set<Integer> MOVED_FOR_GOOD = Set.of(301, 308);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern ETAG = Pattern.compile("[\\x21-\\x7e]{1,200}");
    // The address is of the server's choosing; only its query is used.
    private static final Pattern NEXT_PAGE = Pattern.compile("<[^>?]*\\?([^>]*)>\\s*;\\s*rel=\"?next\\b");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    // GitHub refuses more than 100 at once; half of that leaves room for others who use the same token.
    // https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
    private static final int REQUESTS_AT_ONCE = 50;
    private static final ConcurrentMap<URI, Limits> LIMITS = new ConcurrentHashMap<>();

    private final HttpClient client;
    private final URI base;
    private final String server;
    private final Dialect dialect;
    private final Refusals refusals;
    private final Supplier<Optional<String>> token;
    private final Duration timeout;
    private final Limits limits;

    /**
     * Creates it.
     *
     * @param client must not follow redirects: it would send the token along
     * @param base such as {@code https://api.github.com}, without a slash at the end
     * @param server how messages call it
     * @param token read for each request
     * @param timeout of one request, to the last byte of the answer
     */
    CiApi(
            HttpClient client,
            URI base,
            String server,
            Dialect dialect,
            Supplier<Optional<String>> token,
            Duration timeout) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("The HTTP client must not follow redirects by itself.");
        }
        this.client = client;
        this.base = base;
        this.server = server;
        this.dialect = dialect;
        this.refusals = new Refusals(server, dialect);
        this.token = token;
        this.timeout = timeout;
        this.limits = LIMITS.computeIfAbsent(
                base, url -> new Limits(new RequestLimiter(REQUESTS_AT_ONCE), new TokenPauses()));
    }

    /** What all readers of a server share. */
    private record Limits(RequestLimiter atOnce, TokenPauses pauses) {}

    /**
     * A document.
     *
     * @param content empty when it is the one that the caller has already
     * @param etag to ask with the next time
     * @param nextPage the query of the page that follows; empty when the server names none
     * @param total how many entries all pages have; empty when the server does not say
     */
    record Document(Optional<JsonNode> content, Optional<String> etag, Optional<String> nextPage, OptionalInt total) {}

    /** Returns how messages call the server and repository. */
    String server() {
        return server;
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Reads a document, without blocking.
     *
     * @param path below the API's address, with the query
     * @param etag of the document that the caller has; empty: none
     * @param permission which permission of the token this needs, for the remedy
     * @return completes exceptionally with a {@link CiReadException}
     */
    CompletableFuture<Document> get(String path, Optional<String> etag, String permission, Turn turn) {
        return get(new Query(URI.create(base + path), etag, permission, turn, MAX_REDIRECTS));
    }

    /** Reads a document that nobody has yet, in line. */
    CompletableFuture<Document> get(String path, String permission) {
        return get(path, Optional.empty(), permission, Turn.IN_LINE);
    }

    /** Takes a refusal for this answer, where the document is of use but not needed. */
    static <T> CompletableFuture<T> unlessRefused(CompletableFuture<T> answer, T otherwise) {
        return answer.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CiReadException refusal && refusal.isPermanent()) {
                return otherwise;
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(cause);
        });
    }

    private CompletableFuture<Document> get(Query query) {
        Optional<String> secret;
        try {
            secret = readToken();
        } catch (CiReadException e) {
            return CompletableFuture.failedFuture(e);
        }
        return limits.atOnce
                .run(query.turn, () -> send(query, secret))
                .thenCompose(response -> answer(query, secret, response));
    }

    private CompletableFuture<HttpResponse<BoundedBody>> send(Query query, Optional<String> secret) {
        Duration left = limits.pauses.left(secret);
        if (!left.isZero()) {
            return CompletableFuture.failedFuture(CiReadException.passing(
                    server + " asked to wait; the limit of its requests is used up.", left, null));
        }
        CompletableFuture<HttpResponse<BoundedBody>> sent =
                client.sendAsync(request(query, secret), BoundedBody.upTo(MAX_BODY));
        CompletableFuture<HttpResponse<BoundedBody>> inTime =
                sent.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        // The client completes its answers in the JDK's common pool, which makes a thread for each where there are
        // fewer
        // than three processors: what follows goes back to the threads that the client was given.
        return inTime.handleAsync(
                (response, failure) -> {
                    if (failure == null && response.body().truncated()) {
                        throw CiReadException.passing(
                                server + ": the answer is longer than " + MAX_BODY / 1024 / 1024 + " MiB.",
                                Duration.ZERO,
                                null);
                    }
                    if (failure == null) {
                        return response;
                    }
                    // The client's own timeout ends with the headers; this also stops a body that drips.
                    sent.cancel(true);
                    throw unreachable(failure, secret);
                },
                client.executor().orElse(Runnable::run));
    }

    private HttpRequest request(Query query, Optional<String> secret) {
        // Over HTTP/2 the client asks on along a connection that a cut network has left dead, for a quarter of an hour;
        // with HTTP/1.1 it drops the one that gave no answer.
        HttpRequest.Builder request = HttpRequest.newBuilder(query.uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .header("User-Agent", "deploy-first")
                .headers(dialect.headers().toArray(String[]::new));
        secret.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        query.etag.ifPresent(value -> request.header("If-None-Match", value));
        return request.build();
    }

    private CompletableFuture<Document> answer(
            Query query, Optional<String> secret, HttpResponse<BoundedBody> response) {
        int status = response.statusCode();
        try {
            if (status == 200) {
                return CompletableFuture.completedFuture(document(response));
            }
            if (status == 304 && query.etag.isPresent()) {
                return CompletableFuture.completedFuture(
                        new Document(Optional.empty(), query.etag, Optional.empty(), OptionalInt.empty()));
            }
            return REDIRECTS.contains(status)
                    ? get(redirected(query, response))
                    : CompletableFuture.failedFuture(refused(query, secret, response));
        } catch (CiReadException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Document document(HttpResponse<BoundedBody> response) {
        HttpHeaders headers = response.headers();
        try {
            return new Document(
                    Optional.of(JSON.readTree(response.body().text(StandardCharsets.UTF_8))),
                    headers.firstValue("ETag").filter(etag -> ETAG.matcher(etag).matches()),
                    headers.allValues("Link").stream()
                            .map(NEXT_PAGE::matcher)
                            .filter(Matcher::find)
                            .map(link -> link.group(1))
                            .findFirst(),
                    Stream.of("X-Total", "X-Total-Count")
                            .flatMap(name -> headers.firstValue(name).stream())
                            .filter(count -> COUNT.matcher(count).matches())
                            .mapToInt(Integer::parseInt)
                            .findFirst());
        } catch (JsonProcessingException e) {
            // Without the parser's message and cause: they quote the body.
            throw CiReadException.passing(server + " answered something that is not JSON.", Duration.ZERO, null);
        } catch (IOException e) {
            throw CiReadException.passing(server + ": the answer cannot be read.", Duration.ZERO, e);
        }
    }

    /** A renamed repository answers 301; the token goes to no other server than the one it was given for. */
    private Query redirected(Query query, HttpResponse<BoundedBody> response) {
        int status = response.statusCode();
        String location = response.headers().firstValue("Location").orElse("");
        URI target;
        try {
            target = query.uri.resolve(location);
        } catch (IllegalArgumentException e) {
            throw CiReadException.passing(
                    server + " answered " + status + " with an address that is none.", Duration.ZERO, null);
        }
        if (!origin(target).equals(origin(base))) {
            String problem = server + " answered " + status + ", a redirect to another server ("
                    + OneLine.of(origin(target), 100)
                    + "), which is not followed. Set " + dialect.apiUrl() + " to the API's own address.";
            throw MOVED_FOR_GOOD.contains(status)
                    ? CiReadException.permanent(problem)
                    : CiReadException.passing(problem, Duration.ZERO, null);
        }
        if (query.redirectsLeft == 0) {
            throw CiReadException.passing(server + " redirects in a circle.", Duration.ZERO, null);
        }
        if (target.getRawQuery() == null && query.uri.getRawQuery() != null) {
            target = URI.create(target + "?" + query.uri.getRawQuery());
        }
        return new Query(target, query.etag, query.permission, query.turn, query.redirectsLeft - 1);
    }

    static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }

    private CiReadException refused(Query query, Optional<String> secret, HttpResponse<BoundedBody> response) {
        Refusals.Refusal refusal = refusals.of(response, secret, query.permission);
        if (!refusal.pause().isZero()) {
            limits.pauses.pause(secret, refusal.pause());
        }
        return refusal.failure();
    }

    private CiReadException unreachable(Throwable failure, Optional<String> secret) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String said = cause.getMessage() == null ? "" : Refusals.withoutSecret(cause.getMessage(), secret);
        String reason = cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? "no complete answer within " + timeout.toSeconds() + " s"
                : cause.getClass().getSimpleName() + " " + OneLine.of(said, 200);
        return CiReadException.passing(server + " cannot be reached: " + reason + ".", Duration.ZERO, null);
    }

    private Optional<String> readToken() {
        Optional<String> secret;
        try {
            secret = token.get().map(String::strip).filter(value -> !value.isEmpty());
        } catch (RuntimeException e) {
            // Without the message and the cause: nobody knows what a credentials store puts there.
            throw CiReadException.passing(
                    "The token for " + server + " cannot be read ("
                            + e.getClass().getSimpleName() + ").",
                    Duration.ZERO,
                    null);
        }
        if (secret.isPresent() && !TOKEN.matcher(secret.get()).matches()) {
            throw CiReadException.permanent("The token for " + server
                    + " holds blanks, line breaks or other characters that no token has: give the token alone.");
        }
        return secret;
    }

    private record Query(URI uri, Optional<String> etag, String permission, Turn turn, int redirectsLeft) {}
}

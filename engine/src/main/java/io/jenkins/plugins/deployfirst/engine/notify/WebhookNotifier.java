package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.BoundedBody;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries messages to a service by its webhook.
 *
 * <p>The webhook's address is the secret: whoever knows it can write there. It is in no message of this class, and
 * neither is what Java's HTTP client or the peer says, since both may repeat it.
 *
 * <p>A message is tried again at most 3 times: when the service asks to wait (up to 30 s each time), fails, or cannot be reached.
 * Messages arrive in the order in which they were sent, unless one takes more than 5 s; then the next one overtakes it.
 *
 * @see <a href="https://discord.com/developers/docs/topics/rate-limits">Discord's rate limits</a>
 * @see <a href="https://api.slack.com/apis/rate-limits">Slack's rate limits</a>
 */
public final class WebhookNotifier implements Notifier {
    private static final int MOST_RETRIES = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int ANSWER_LIMIT = 64 * 1024;

    private final HttpClient client;
    private final WebhookService service;
    private final Supplier<String> webhook;
    private final Policy policy;
    private final Pace pace;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * Creates a notifier.
     *
     * @param service whose webhook it is, and thus the form of what is sent
     * @param webhook returns the webhook's address, https; asked for each message, on another thread
     * @param policy which messages are sent
     */
    public WebhookNotifier(HttpClient client, WebhookService service, Supplier<String> webhook, Policy policy) {
        this(client, service, webhook, policy, Pace.DEFAULT);
    }

    WebhookNotifier(HttpClient client, WebhookService service, Supplier<String> webhook, Policy policy, Pace pace) {
        this.client = client;
        this.service = service;
        this.webhook = webhook;
        this.policy = policy;
        this.pace = pace;
    }

    @Override
    public synchronized CompletableFuture<Void> send(Message message) {
        if (!policy.sends(message.kind())) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = last.<Void>handle((delivered, failed) -> null)
                .completeOnTimeout(null, pace.patience().toMillis(), TimeUnit.MILLISECONDS);
        // Asynchronous even when it is its turn: looking up the address and setting up TLS may take a while.
        last = turn.thenComposeAsync(now -> attempt(request(message), 0)).exceptionally(failure -> {
            throw withoutSecrets(failure);
        });
        return last;
    }

    private DeliveryException withoutSecrets(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof DeliveryException delivery
                ? delivery
                : new DeliveryException(service.displayName() + " could not be told ("
                        + cause.getClass().getSimpleName() + ").");
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private HttpRequest request(Message message) {
        try {
            return HttpRequest.newBuilder(address())
                    .timeout(pace.timeout())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", service.userAgent())
                    .POST(HttpRequest.BodyPublishers.ofString(service.body(message)))
                    .build();
        } catch (IllegalArgumentException notAnAddress) {
            throw new DeliveryException(service.field() + ": the webhook's address is not an https URL.");
        }
    }

    /** Returns the address; throws {@link IllegalArgumentException} when it is none. */
    private URI address() {
        String text;
        try {
            text = webhook.get();
        } catch (DeployFirstException explained) {
            throw new DeliveryException(explained.getMessage());
        } catch (RuntimeException unexplained) {
            throw new DeliveryException(service.field() + ": the webhook's address could not be looked up ("
                    + unexplained.getClass().getSimpleName() + ").");
        }
        URI address = URI.create(text.strip());
        boolean loopback =
                address.getHost() != null && address.getHost().matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        if (!"https".equalsIgnoreCase(address.getScheme()) && !loopback) {
            throw new IllegalArgumentException("would be sent in the clear");
        }
        return address;
    }

    private CompletableFuture<Void> attempt(HttpRequest request, int retries) {
        CompletableFuture<HttpResponse<BoundedBody>> exchange =
                client.sendAsync(request, BoundedBody.upTo(ANSWER_LIMIT));
        // The client's own timeout ends with the headers.
        return exchange.copy()
                .orTimeout(pace.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .handle((answer, failure) ->
                        failure == null ? judge(request, retries, answer) : unreachable(request, retries, failure))
                .thenCompose(outcome -> outcome);
    }

    private CompletableFuture<Void> judge(HttpRequest request, int retries, HttpResponse<BoundedBody> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return CompletableFuture.completedFuture(null);
        }
        if (status == 429) {
            return retry(request, retries, retryAfter(answer).orElse(pause(retries)), "HTTP 429, too many messages");
        }
        if (status >= 500) {
            return retry(request, retries, pause(retries), "HTTP " + status);
        }
        return CompletableFuture.failedFuture(
                new DeliveryException(service.displayName() + " refused it: HTTP " + status + hint(status)));
    }

    private CompletableFuture<Void> unreachable(HttpRequest request, int retries, Throwable failure) {
        String reason = "no answer, " + unwrapped(failure).getClass().getSimpleName();
        return retry(request, retries, pause(retries), reason);
    }

    private CompletableFuture<Void> retry(HttpRequest request, int retries, Duration wait, String reason) {
        if (retries == MOST_RETRIES) {
            return CompletableFuture.failedFuture(new DeliveryException(service.displayName() + " did not take it in "
                    + (MOST_RETRIES + 1) + " attempts (" + reason + ")."));
        }
        Executor later = CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(waited -> attempt(request, retries + 1));
    }

    private Duration pause(int retries) {
        return pace.firstPause().multipliedBy(1L << retries);
    }

    /** Returns how long the service asks to wait, at most 30 s; the body says it more exactly than the header. */
    private static Optional<Duration> retryAfter(HttpResponse<BoundedBody> answer) {
        return PlainJson.readObject(answer.body().text(StandardCharsets.UTF_8))
                .map(body -> body.get("retry_after"))
                .or(() -> answer.headers().firstValue("Retry-After"))
                .flatMap(seconds -> seconds(seconds.toString()));
    }

    /** Reads a number of seconds, such as 0.25; never more than 30 s. */
    static Optional<Duration> seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0
                    ? Optional.of(
                            Duration.ofMillis((long) Math.ceil(Math.min(seconds, LONGEST_WAIT.toSeconds()) * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException aDate) {
            return Optional.empty();
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403, 404 -> ". Is the webhook still there? Create a new one and store its address.";
            default -> ".";
        };
    }

    /**
     * How patient it is.
     *
     * @param firstPause before the first retry after a failure; doubled for each further one
     * @param timeout for one attempt
     * @param patience how long a message waits for the one before it
     */
    record Pace(Duration firstPause, Duration timeout, Duration patience) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }
}

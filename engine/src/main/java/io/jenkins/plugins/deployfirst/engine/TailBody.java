package io.jenkins.plugins.deployfirst.engine;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the end of a long HTTP body, such as a log, without ever holding more of it than that. */
public final class TailBody implements BodySubscriber<Optional<String>> {
    private final CompletableFuture<Optional<String>> body = new CompletableFuture<>();
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
    private final byte[] ring;
    private final long most;
    private long read;

    private TailBody(int length, long most) {
        this.ring = new byte[length];
        this.most = most;
    }

    /**
     * Reads a body to its end and keeps the last bytes of it, as UTF-8.
     *
     * @param length how many bytes to keep
     * @param most the longest body that is read; a longer one is given up, and its end is empty
     */
    public static BodyHandler<Optional<String>> of(int length, long most) {
        return response -> new TailBody(length, most);
    }

    @Override
    public CompletionStage<Optional<String>> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription.set(newSubscription);
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int skipped = Math.max(0, buffer.remaining() - ring.length);
            buffer.position(buffer.position() + skipped);
            read += skipped;
            while (buffer.hasRemaining()) {
                int at = (int) (read % ring.length);
                int length = Math.min(buffer.remaining(), ring.length - at);
                buffer.get(ring, at, length);
                read += length;
            }
            if (read > most) {
                // In this order: ending the exchange first would be told as its failure.
                body.complete(Optional.empty());
                subscription.get().cancel();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        int at = (int) (read % ring.length);
        String end = read <= ring.length
                ? new String(ring, 0, (int) read, StandardCharsets.UTF_8)
                : new String(ring, at, ring.length - at, StandardCharsets.UTF_8)
                        + new String(ring, 0, at, StandardCharsets.UTF_8);
        body.complete(Optional.of(end));
    }
}

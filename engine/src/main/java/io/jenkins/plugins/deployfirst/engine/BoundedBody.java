package io.jenkins.plugins.deployfirst.engine;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** The start of an HTTP body, so that no peer can fill the memory. */
public final class BoundedBody {
    private final byte[] bytes;
    private final boolean truncated;

    private BoundedBody(byte[] bytes, boolean truncated) {
        this.bytes = bytes;
        this.truncated = truncated;
    }

    /** Reads at most {@code limit} bytes, then ends the exchange without waiting for the rest. */
    public static BodyHandler<BoundedBody> upTo(int limit) {
        return response -> new Subscriber(limit);
    }

    /** Returns what was read as text; bytes that are none in this character set become U+FFFD. */
    public String text(Charset charset) {
        return new String(bytes, charset);
    }

    /** Returns whether there was more than was read. */
    public boolean truncated() {
        return truncated;
    }

    private static final class Subscriber implements BodySubscriber<BoundedBody> {
        private final CompletableFuture<BoundedBody> body = new CompletableFuture<>();
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final int limit;
        private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

        Subscriber(int limit) {
            this.limit = limit;
        }

        @Override
        public CompletionStage<BoundedBody> getBody() {
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
                byte[] chunk = new byte[Math.min(buffer.remaining(), limit - read.size())];
                boolean more = buffer.remaining() > chunk.length;
                buffer.get(chunk);
                read.writeBytes(chunk);
                if (more) {
                    // In this order: ending the exchange first would be told as its failure.
                    body.complete(new BoundedBody(read.toByteArray(), true));
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
            body.complete(new BoundedBody(read.toByteArray(), false));
        }
    }
}

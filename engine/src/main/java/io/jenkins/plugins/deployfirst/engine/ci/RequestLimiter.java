package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Keeps the number of requests under way to one server bounded; those beyond wait in line and hold no thread. */
final class RequestLimiter {
    private final int limit;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    RequestLimiter(int limit) {
        this.limit = limit;
    }

    /** Starts the request as soon as fewer than the limit are under way, first come, first served. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> start(request, result));
        startWaiting();
        return result;
    }

    private <T> void start(Supplier<CompletableFuture<T>> request, CompletableFuture<T> result) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((value, failure) -> {
            underWay.decrementAndGet();
            startWaiting();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** One thread at a time starts requests, in a loop: a request that ends at once must not nest the next one's start. */
    private void startWaiting() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            while (underWay.get() < limit) {
                Runnable next = waiting.poll();
                if (next == null) {
                    break;
                }
                underWay.incrementAndGet();
                next.run();
            }
            handled = calls.addAndGet(-handled);
        } while (handled != 0);
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Keeps the number of requests under way to one server bounded; those beyond wait for their turn and hold no thread. */
final class RequestLimiter {
    private final int limit;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Runnable> first = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> inLine = new ConcurrentLinkedQueue<>();

    RequestLimiter(int limit) {
        this.limit = limit;
    }

    /** Starts the request as soon as it has its turn and fewer than the limit are under way. */
    <T> CompletableFuture<T> run(Turn turn, Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        (turn == Turn.FIRST ? first : inLine).add(() -> start(request, result));
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
                Runnable next = first.poll();
                if (next == null) {
                    next = inLine.poll();
                }
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

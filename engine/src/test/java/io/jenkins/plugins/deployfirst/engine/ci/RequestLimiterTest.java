package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds what is under way at once, whatever the requests do. */
class RequestLimiterTest {
    private final RequestLimiter limiter = new RequestLimiter(3);
    private final Queue<CompletableFuture<String>> started = new ConcurrentLinkedQueue<>();

    @Test
    void startsUpToTheLimitAndTheRestInOrder() {
        List<CompletableFuture<String>> results =
                IntStream.range(0, 5).mapToObj(number -> request()).toList();
        assertThat(started).hasSize(3);

        started.poll().complete("first");
        assertThat(results.get(0)).isCompletedWithValue("first");
        assertThat(started).hasSize(3);

        started.poll().completeExceptionally(new IllegalStateException());
        assertThat(results.get(1)).isCompletedExceptionally();
        assertThat(started).hasSize(3);
        started.forEach(request -> request.complete("late"));
        assertThat(results.subList(2, 5)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whatAnEventAsksForDoesNotWaitForWhatIsInLine() {
        IntStream.range(0, 3).forEach(number -> request());
        List<String> begun = new ArrayList<>();
        for (String name : List.of("poll", "another poll")) {
            limiter.run(Turn.IN_LINE, () -> begin(name, begun));
        }
        limiter.run(Turn.FIRST, () -> begin("event", begun));

        started.forEach(request -> request.complete("done"));

        assertThat(begun).containsExactly("event", "poll", "another poll");
    }

    @Test
    void aRequestThatCannotBeSentFreesItsPlace() {
        for (int i = 0; i < 10; i++) {
            CompletableFuture<String> refused = limiter.run(Turn.IN_LINE, () -> {
                throw new IllegalArgumentException();
            });
            assertThat(refused).isCompletedExceptionally();
        }
        request();
        assertThat(started).hasSize(1);
    }

    @Test
    void requestsThatEndAtOnceDoNotPileUpOnTheStack() {
        CompletableFuture<String> first = new CompletableFuture<>();
        RequestLimiter one = new RequestLimiter(1);
        one.run(Turn.IN_LINE, () -> first);
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            one.run(Turn.IN_LINE, () -> CompletableFuture.completedFuture("")).thenRun(ended::incrementAndGet);
        }
        assertThat(ended).hasValue(0);

        first.complete("");

        assertThat(ended).hasValue(100_000);
    }

    private static CompletableFuture<String> begin(String name, List<String> begun) {
        begun.add(name);
        return CompletableFuture.completedFuture(name);
    }

    private CompletableFuture<String> request() {
        return limiter.run(Turn.IN_LINE, () -> {
            CompletableFuture<String> request = new CompletableFuture<>();
            started.add(request);
            return request;
        });
    }
}

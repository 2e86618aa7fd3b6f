package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is looked at when, and how many at once. */
class LookQueueTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> looked = new ArrayList<>();
    private final LookQueue queue = new LookQueue(key -> looked.add(key.name()), threads::add);

    @Test
    void atMostEightAreLookedAtAtOnce() {
        for (int i = 1; i <= 500; i++) {
            queue.ask(key("e" + i));
        }

        assertThat(threads).hasSize(LookQueue.AT_ONCE);
        runOne();
        assertThat(threads).hasSize(LookQueue.AT_ONCE);
        runAll();
        assertThat(looked).hasSize(500).startsWith("e1", "e2").endsWith("e500");
    }

    @Test
    void onlyOneLookAtAnEnvironmentIsUnderWayAndWaitingIsNoReasonForAnother() {
        queue.ask(key("a"));
        queue.ask(key("a"));
        runAll();

        assertThat(looked).containsExactly("a");
    }

    @Test
    void whatIsUrgentGoesFirstAndIsLookedAtOnceMoreIfALookIsUnderWay() {
        for (int i = 1; i <= 10; i++) {
            queue.ask(key("e" + i));
        }
        queue.askFirst(key("e10"));
        queue.askFirst(key("e1"));
        runAll();

        assertThat(looked).hasSize(11);
        assertThat(looked.subList(8, 11)).containsExactly("e10", "e1", "e9");
    }

    @Test
    void whatIsAskedForIsKnownUntilItIsDone() {
        queue.ask(key("a"));
        assertThat(queue.isAsked(key("a"))).isTrue();
        runAll();
        assertThat(queue.isAsked(key("a"))).isFalse();
    }

    @Test
    void aLookThatFailsDoesNotKeepTheOthersFromTheirTurn() {
        LookQueue failing = new LookQueue(
                key -> {
                    looked.add(key.name());
                    throw new IllegalStateException("as expected");
                },
                threads::add);
        for (int i = 1; i <= 20; i++) {
            failing.ask(key("e" + i));
        }
        runAll();

        assertThat(looked).hasSize(20);
    }

    @Test
    void neverMoreThanEightThreadsWorkAtTheSameTime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(LookQueue.AT_ONCE);
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            LookQueue real = new LookQueue(
                    key -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        full.countDown();
                        awaitQuietly(full);
                        now.decrementAndGet();
                        done.incrementAndGet();
                    },
                    pool);
            for (int i = 0; i < 100; i++) {
                real.ask(key("e" + i));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> done.get() == 100);
        } finally {
            pool.shutdownNow();
        }

        assertThat(most).hasValue(LookQueue.AT_ONCE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOne() {
        threads.remove().run();
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            runOne();
        }
    }

    private static EnvironmentKey key(String name) {
        return new EnvironmentKey("", name);
    }
}

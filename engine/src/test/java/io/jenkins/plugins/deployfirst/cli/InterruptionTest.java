package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {
    @Test
    void aSignalInterruptsTheFlowAndWaitsUntilItHasCleanedUp() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicBoolean cleanedUp = new AtomicBoolean();
        Interruption[] interruption = new Interruption[1];
        Thread flow = new Thread(() -> {
            try {
                ready.await();
                new CountDownLatch(1).await();
            } catch (InterruptedException told) {
                cleanedUp.set(true);
            }
            interruption[0].finished();
        });
        interruption[0] = new Interruption(flow, Duration.ofSeconds(50));
        flow.start();
        ready.countDown();

        interruption[0].end();

        assertThat(cleanedUp).isTrue();
        flow.join();
    }

    @Test
    void aFlowThatDoesNotEndIsNotWaitedForForever() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Thread flow = new Thread(() -> {
            boolean waiting = true;
            while (waiting) {
                try {
                    waiting = !never.await(50, TimeUnit.SECONDS);
                } catch (InterruptedException ignored) {
                    waiting = true;
                }
            }
        });
        flow.start();

        new Interruption(flow, Duration.ofMillis(50)).end();

        assertThat(flow.isAlive()).isTrue();
        never.countDown();
        flow.join();
    }

    @Test
    void aFlowThatHasEndedIsLeftAlone() {
        Interruption interruption = new Interruption(Thread.currentThread(), Duration.ofSeconds(50));
        interruption.finished();

        interruption.end();

        assertThat(Thread.interrupted()).isFalse();
    }
}

package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlowThreadsTest {
    private final FlowThreads threads = new FlowThreads();
    private final CountDownLatch running = new CountDownLatch(1);
    private final AtomicBoolean cleanedUp = new AtomicBoolean();

    @Test
    void whatRunsInTheBackgroundIsEndedWithTheCommand() throws InterruptedException {
        threads.worker().execute(this::waitForever);
        running.await();

        threads.close();

        assertThat(cleanedUp).isTrue();
    }

    @Test
    void anotherInterruptDoesNotCutTheCleanUpShort() throws InterruptedException {
        threads.worker().execute(this::waitForever);
        running.await();
        Thread.currentThread().interrupt();

        threads.close();

        assertThat(cleanedUp).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    private void waitForever() {
        running.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException told) {
            cleanedUp.set(true);
        }
    }
}

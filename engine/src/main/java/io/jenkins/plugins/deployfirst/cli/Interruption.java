package io.jenkins.plugins.deployfirst.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the running flow properly when the process is told to end (Ctrl-C, SIGTERM): interrupts it, so that the command
 * on the host is ended too, and holds the process until it has.
 *
 * <p>The JVM runs shutdown hooks on these signals and then exits with 128 plus the signal's number: 130 and 143.
 */
final class Interruption {
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Thread flow;
    private final Duration patience;
    private final CountDownLatch finished = new CountDownLatch(1);

    /**
     * Creates it.
     *
     * @param flow the thread that runs the command
     * @param patience how long the process waits for the command at most
     */
    Interruption(Thread flow, Duration patience) {
        this.flow = flow;
        this.patience = patience;
    }

    void onShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
    }

    /** The command has ended: there is nothing to interrupt any more. */
    void finished() {
        finished.countDown();
    }

    void end() {
        if (finished.getCount() == 0) {
            return;
        }
        long giveUp = System.nanoTime() + patience.toNanos();
        try {
            do {
                // More than once, because JSch loses an interrupt that comes while it connects.
                flow.interrupt();
            } while (!finished.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS) && System.nanoTime() < giveUp);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}

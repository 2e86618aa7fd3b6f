package io.jenkins.plugins.deployfirst.cli;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads that a watch is woken up and settled on; none is started before it has something to do. */
final class FlowThreads implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "timer"));
    private final ExecutorService worker = Executors.newCachedThreadPool(work -> daemon(work, "worker"));

    ScheduledExecutorService timer() {
        return timer;
    }

    Executor worker() {
        return worker;
    }

    /** Interrupts what still runs, such as the rollback of a watch that was aborted, and waits until it has ended. */
    @Override
    public void close() {
        timer.shutdownNow();
        boolean aborted = false;
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!worker.isTerminated() && System.nanoTime() < giveUp) {
            worker.shutdownNow();
            try {
                worker.awaitTermination(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException again) {
                // Whoever ends the process does not know about these threads: they are waited for all the same.
                aborted = true;
            }
        }
        if (aborted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}

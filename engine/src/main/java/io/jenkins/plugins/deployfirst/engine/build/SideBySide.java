package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does several things at the same time, a bounded number at once. When one fails, what runs comes to its end, since what
 * it has done need not be done again, and nothing more is begun.
 */
final class SideBySide {
    /** Ending a command on this machine by force takes 5 s at the most. */
    private static final int PATIENCE_SECONDS = 20;

    private SideBySide() {}

    /**
     * Returns the results, in the order of the tasks.
     *
     * @throws DeployFirstException when tasks failed: the failure of the only one, or one that names them all
     * @throws InterruptedException when it was aborted; all that ran has been ended
     */
    static <T> List<T> run(List<Callable<T>> tasks, int atOnce) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, tasks.size()), SideBySide::thread);
        AtomicBoolean failed = new AtomicBoolean();
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> failed.get() ? null : noting(task, failed)));
            }
            return results(futures);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static <T> T noting(Callable<T> task, AtomicBoolean failed) throws Exception {
        boolean done = false;
        try {
            T result = task.call();
            done = true;
            return result;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        List<DeployFirstException> failures = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(failure(e.getCause()));
            }
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            List<String> problems = failures.stream().map(Throwable::getMessage).toList();
            throw DeployFirstException.unchanged(String.join(" ", problems), "");
        }
        return results;
    }

    private static DeployFirstException failure(Throwable cause) {
        if (cause instanceof DeployFirstException known) {
            return known;
        }
        throw new IllegalStateException(cause);
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "Deploy First: image");
        thread.setDaemon(true);
        return thread;
    }
}

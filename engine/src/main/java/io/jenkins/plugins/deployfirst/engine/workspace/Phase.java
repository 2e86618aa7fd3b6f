package io.jenkins.plugins.deployfirst.engine.workspace;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;

/** Does a part of a flow and tells its beginning, its end and how long it took; several may run at the same time. */
public final class Phase {
    private Phase() {}

    /** What a phase does. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Does it and returns what it came to. */
    public static <T> T run(Progress progress, String name, Work<T> work) throws InterruptedException {
        progress.phaseStarted(name);
        long begin = System.nanoTime();
        String failure = "interrupted";
        try {
            T result = work.run();
            failure = "";
            return result;
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            throw e;
        } finally {
            progress.phaseEnded(name, Duration.ofNanos(System.nanoTime() - begin), failure);
        }
    }
}

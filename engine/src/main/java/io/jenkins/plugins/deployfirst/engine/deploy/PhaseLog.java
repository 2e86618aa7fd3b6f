package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs a flow's phases, tells the progress of each, and remembers how long it took. */
final class PhaseLog {
    private final Progress progress;
    private final long start = System.nanoTime();
    private final List<DeployResult.Phase> phases = new ArrayList<>();

    /** What a phase does. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    PhaseLog(Progress progress) {
        this.progress = progress;
    }

    <T> T phase(String name, Work<T> work) throws InterruptedException {
        return phase(name, work, result -> "");
    }

    /** Runs a phase whose result may tell of a failure, in one line; empty when it succeeded. */
    <T> T phase(String name, Work<T> work, Function<T, String> failureOf) throws InterruptedException {
        progress.phaseStarted(name);
        long begin = System.nanoTime();
        String failure = "interrupted";
        try {
            T result = work.run();
            failure = failureOf.apply(result);
            return result;
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            throw e;
        } finally {
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            phases.add(new DeployResult.Phase(name, duration.toMillis()));
            progress.phaseEnded(name, duration, failure);
        }
    }

    Progress progress() {
        return progress;
    }

    List<DeployResult.Phase> phases() {
        return List.copyOf(phases);
    }

    long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}

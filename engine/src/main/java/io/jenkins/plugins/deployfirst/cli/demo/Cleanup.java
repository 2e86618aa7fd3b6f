package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Clears away what was set up, the last first, each even when another one fails, and also while being interrupted. */
final class Cleanup implements AutoCloseable {
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Consumer<String> warnings;

    /**
     * Begins with nothing.
     *
     * @param warnings is told what is left, since an exception on the way out may be overtaken by another one
     */
    Cleanup(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    private record Step(String what, AutoCloseable part) {}

    /** Remembers a part to be closed; {@code what} names it in a warning. */
    <T extends AutoCloseable> T add(String what, T part) {
        steps.push(new Step(what, part));
        return part;
    }

    /**
     * Clears away.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) naming what could not be, after everything else is
     */
    @Override
    public void close() {
        List<String> left = new CopyOnWriteArrayList<>();
        // In a thread of its own, because the one that ends here may be told again and again that it should.
        Thread thread = new Thread(() -> closeAll(left), "clearing away");
        thread.start();
        awaitEnd(thread);
        if (!left.isEmpty()) {
            String problem = "demo: could not clear away " + String.join(", ", left) + ".";
            warnings.accept(problem);
            throw DeployFirstException.unchanged(problem, "Look at it, and remove it by hand.");
        }
    }

    private void closeAll(List<String> left) {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.part().close();
            } catch (Exception failure) {
                left.add(step.what() + " (" + failure.getMessage() + ")");
            }
        }
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException told) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

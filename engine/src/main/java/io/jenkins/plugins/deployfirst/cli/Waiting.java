package io.jenkins.plugins.deployfirst.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what the engine does without a thread of its own. */
final class Waiting {
    private Waiting() {}

    /**
     * Waits for the result.
     *
     * @throws InterruptedException when this thread is interrupted; what was waited for has been cancelled by then
     */
    static <T> T forResult(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException aborted) {
            future.cancel(true);
            throw aborted;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}

package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers messages on their way, so that the process does not end before they have left. */
final class Outbox {
    private final Duration patience;
    private final List<CompletableFuture<Void>> sent = new CopyOnWriteArrayList<>();

    /** Creates an outbox that {@link #flush} waits for no longer than {@code patience}. */
    Outbox(Duration patience) {
        this.patience = patience;
    }

    Notifier remembering(Notifier notifier) {
        return message -> {
            CompletableFuture<Void> future = notifier.send(message);
            sent.add(future);
            return future;
        };
    }

    /** Waits; returns whether every message was delivered or has failed (which the flow reports) by then. */
    boolean flush() {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException reportedByTheFlow) {
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException aborted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

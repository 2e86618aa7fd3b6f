package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks a CI server once for all watches of a commit: a read under way is shared, and one that ended a moment ago is
 * used again.
 *
 * <p>Keep one instance per repository and credentials. To make all watches of a commit cost one request stream, let
 * {@code reuse} be a little less than the interval of the watches.
 */
public final class SharedReads implements CiServer {
    private final CiServer server;
    private final Duration reuse;
    private final Map<String, CompletableFuture<CiSnapshot>> reads = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param reuse how long after its end a read serves others; zero: only reads under way are shared
     */
    public SharedReads(CiServer server, Duration reuse) {
        this.server = server;
        this.reuse = reuse;
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        CompletableFuture<CiSnapshot> mine = new CompletableFuture<>();
        CompletableFuture<CiSnapshot> shared = reads.computeIfAbsent(sha, absent -> mine);
        if (shared == mine) {
            start(sha, mine);
        }
        // A copy: a watch that is cancelled must not cancel the read of the others.
        return shared.copy();
    }

    /** Makes the next read of this commit a new one, because an event told that its checks changed. */
    public void changed(String sha) {
        reads.remove(sha);
    }

    /** Returns the server itself, for reads that must be new. */
    CiServer unshared() {
        return server;
    }

    @Override
    public String describe() {
        return server.describe();
    }

    @Override
    public String pageOf(String sha) {
        return server.pageOf(sha);
    }

    private void start(String sha, CompletableFuture<CiSnapshot> read) {
        CompletableFuture<CiSnapshot> answer;
        try {
            answer = server.read(sha);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((snapshot, failure) -> {
            forgetLater(sha, read);
            if (failure == null) {
                read.complete(snapshot);
            } else {
                read.completeExceptionally(failure);
            }
        });
    }

    private void forgetLater(String sha, CompletableFuture<CiSnapshot> read) {
        if (reuse.isZero()) {
            reads.remove(sha, read);
        } else {
            CompletableFuture.delayedExecutor(reuse.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> reads.remove(sha, read));
        }
    }
}

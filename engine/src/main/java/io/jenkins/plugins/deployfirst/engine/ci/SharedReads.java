package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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
    private final Map<String, Shared> reads = new ConcurrentHashMap<>();

    /** A read, and when it began. */
    private record Shared(CompletableFuture<CiSnapshot> answer, long began) {}

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
        return share(sha, known -> true);
    }

    @Override
    public CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return share(sha, known -> known.began - since >= 0);
    }

    private CompletableFuture<CiSnapshot> share(String sha, Predicate<Shared> fresh) {
        Shared mine = new Shared(new CompletableFuture<>(), System.nanoTime());
        Shared shared = reads.compute(sha, (commit, known) -> known != null && fresh.test(known) ? known : mine);
        if (shared == mine) {
            start(sha, mine);
        }
        // A copy: a watch that is cancelled must not cancel the read of the others.
        return shared.answer.copy();
    }

    /** Returns the server itself, for reads that must be new. */
    CiServer unshared() {
        return server;
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return server.explain(failures);
    }

    @Override
    public CompletableFuture<String> look() {
        return server.look();
    }

    @Override
    public String describe() {
        return server.describe();
    }

    @Override
    public String pageOf(String sha) {
        return server.pageOf(sha);
    }

    private void start(String sha, Shared read) {
        CompletableFuture<CiSnapshot> answer;
        try {
            answer = server.read(sha);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((snapshot, failure) -> {
            forgetLater(sha, read);
            if (failure == null) {
                read.answer.complete(snapshot);
            } else {
                read.answer.completeExceptionally(failure);
            }
        });
    }

    private void forgetLater(String sha, Shared read) {
        if (reuse.isZero()) {
            reads.remove(sha, read);
        } else {
            CompletableFuture.delayedExecutor(reuse.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> reads.remove(sha, read));
        }
    }
}

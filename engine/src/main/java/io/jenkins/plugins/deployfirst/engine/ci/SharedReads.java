package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks a CI server once for all watches of a commit: a read under way is shared, and one that ended a moment ago is
 * used again. One that failed is used again for half of that time, and never for more than 4 s: that is less than any watch
 * waits before it asks again.
 *
 * <p>Keep one per repository and credentials, and give each watch its part of it ({@link #reusing}), with a time that is a
 * little less than its interval: all watches of a commit then cost one request stream, at the pace of the densest.
 */
public final class SharedReads extends CiServerView {
    // No watch polls less often than once a minute, unless it is told to.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long LONGEST_FAILURE = Duration.ofSeconds(4).toNanos();

    private final CiServer server;
    private final Duration reuse;
    private final Map<String, Shared> reads;

    /** A read: its answer, when it began, and when it ended. */
    private static final class Shared {
        private final CompletableFuture<CiSnapshot> answer = new CompletableFuture<>();
        private final long began = System.nanoTime();
        private volatile OptionalLong ended = OptionalLong.empty();
        private volatile boolean failed;

        boolean isUsable(Duration reuse) {
            OptionalLong end = ended;
            long longest = failed ? Math.min(reuse.toNanos() / 2, LONGEST_FAILURE) : reuse.toNanos();
            return end.isEmpty() || System.nanoTime() - end.getAsLong() < longest;
        }
    }

    /**
     * Creates it.
     *
     * @param reuse how long after its end a read serves others; zero: only reads under way are shared
     */
    public SharedReads(CiServer server, Duration reuse) {
        this(server, reuse, new ConcurrentHashMap<>());
    }

    private SharedReads(CiServer server, Duration reuse, Map<String, Shared> reads) {
        this.server = server;
        this.reuse = reuse;
        this.reads = reads;
    }

    /** Returns the same reads for watches of another pace. */
    public SharedReads reusing(Duration other) {
        return new SharedReads(server, other, reads);
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return share(sha, known -> known.isUsable(reuse), server::read);
    }

    @Override
    public CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return share(sha, known -> known.began - since >= 0, commit -> server.readSince(commit, since));
    }

    private CompletableFuture<CiSnapshot> share(
            String sha, Predicate<Shared> fresh, Function<String, CompletableFuture<CiSnapshot>> reader) {
        Shared mine = new Shared();
        Shared shared = reads.compute(sha, (commit, known) -> known != null && fresh.test(known) ? known : mine);
        if (shared == mine) {
            start(sha, mine, reader);
        }
        // A copy: a watch that is cancelled must not cancel the read of the others.
        return shared.answer.copy();
    }

    @Override
    protected CiServer server() {
        return server;
    }

    private void start(String sha, Shared read, Function<String, CompletableFuture<CiSnapshot>> reader) {
        CompletableFuture<CiSnapshot> answer;
        try {
            answer = reader.apply(sha);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((snapshot, failure) -> {
            read.failed = failure != null;
            read.ended = OptionalLong.of(System.nanoTime());
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
            long longest = Math.max(reuse.toNanos(), REMEMBERED.toNanos());
            CompletableFuture.delayedExecutor(longest, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> reads.remove(sha, read));
        }
    }
}

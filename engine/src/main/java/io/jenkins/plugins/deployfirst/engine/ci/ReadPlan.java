package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;

/**
 * Says when a watch reads next: densely around the time at which CI usually ends, seldom long before and long after it.
 *
 * <p>Far from that time a read is as far away as a sixth of the distance, at most a minute. Where nobody knows when CI
 * ends, the first five minutes are dense, and the distance grows slowly after them.
 */
final class ReadPlan {
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    private static final long DENSE_WHEN_UNKNOWN = Duration.ofMinutes(5).toNanos();
    private static final long LEAST_SLACK = Duration.ofSeconds(30).toNanos();

    private final long interval;

    /**
     * Creates it.
     *
     * @param interval the shortest time between two reads; the longest is a minute, or this when it is longer
     */
    ReadPlan(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** Returns whether it matters to a watch of this length when CI usually ends. */
    static boolean mattersFor(Duration timeout) {
        return timeout.toNanos() > DENSE_WHEN_UNKNOWN;
    }

    /**
     * Returns how long to wait for the next read.
     *
     * @param elapsed since the watch began, in nanoseconds
     * @param usual how long CI usually takes from then on, in nanoseconds; 0: not known
     */
    long next(long elapsed, long usual) {
        long slack = Math.max(LEAST_SLACK, usual / 4);
        long start = usual == 0 ? 0 : usual - slack;
        long end = usual == 0 ? DENSE_WHEN_UNKNOWN : usual + slack;
        long distance = Math.max(0, Math.max(start - elapsed, elapsed - end));
        return Math.max(interval, Math.min(LONGEST, distance / (usual == 0 ? 20 : 6)));
    }
}

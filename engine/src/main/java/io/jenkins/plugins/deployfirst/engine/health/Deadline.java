package io.jenkins.plugins.deployfirst.engine.health;

import java.time.Duration;

/** The moment by which something must be done. */
final class Deadline {
    /** Keeps arithmetic on nanoseconds far from overflow; nothing here waits for a year. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Duration timeout;
    private final long start = System.nanoTime();

    private Deadline(Duration timeout) {
        this.timeout = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    /** Returns the whole time that was given. */
    Duration timeout() {
        return timeout;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Returns what is left, zero or less when it is over. */
    Duration left() {
        return timeout.minus(elapsed());
    }

    boolean isOver() {
        return left().compareTo(Duration.ZERO) <= 0;
    }
}

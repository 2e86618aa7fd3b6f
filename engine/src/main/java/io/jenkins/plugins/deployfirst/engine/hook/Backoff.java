package io.jenkins.plugins.deployfirst.engine.hook;

import java.time.Duration;

/**
 * How long to wait before trying again: twice as long each time, and never exactly as long as others who wait too.
 *
 * @param first the longest pause before the first retry
 * @param longest the longest of all
 */
record Backoff(Duration first, Duration longest) {
    static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    /** So many doublings are more than any bound. */
    private static final int MOST_DOUBLINGS = 20;

    /**
     * Returns the pause before a retry: between half and the whole of its bound.
     *
     * @param retry which one, from 0
     * @param chance from 0 to 1
     */
    Duration pause(int retry, double chance) {
        long bound = Math.min(first.toMillis() << Math.min(retry, MOST_DOUBLINGS), longest.toMillis());
        return Duration.ofMillis(Math.round(bound * (0.5 + chance / 2)));
    }
}

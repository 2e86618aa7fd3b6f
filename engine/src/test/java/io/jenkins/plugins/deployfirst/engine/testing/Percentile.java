package io.jenkins.plugins.deployfirst.engine.testing;

import java.util.Collection;
import java.util.List;

/** Tells which of many measured values so many percent do not exceed. */
public final class Percentile {
    private Percentile() {}

    /** Returns the value at a percentage of 0 to 100; 100 is the largest. There must be a value. */
    public static long of(Collection<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}

package io.jenkins.plugins.deployfirst.webhook;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides whether a complaint is said: the same one once an hour, so that ten thousand wrong requests are no ten thousand
 * lines, and what is wrong again tomorrow is heard of. Remembers a bounded number. Safe for threads.
 */
final class Complaints {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final Map<String, Said> said;
    private final LongSupplier nanoTime;

    /** When it was said, and how often it was not since then. */
    private static final class Said {
        private final long at;
        private long silenced;

        Said(long at) {
            this.at = at;
        }
    }

    Complaints(int limit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.said = new Bounded<>(limit);
    }

    /** Returns empty when it is not to be said now, else how often it was not said since the last time. */
    synchronized OptionalLong next(String complaint) {
        long now = nanoTime.getAsLong();
        Said last = said.get(complaint);
        if (last != null && now - last.at < HOUR) {
            last.silenced++;
            return OptionalLong.empty();
        }
        said.remove(complaint);
        said.put(complaint, new Said(now));
        return OptionalLong.of(last == null ? 0 : last.silenced);
    }
}

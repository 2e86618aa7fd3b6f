package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Writes times and durations as the pages show them. */
final class Times {
    private static final int SHORT_MILLIS = 100;

    private Times() {}

    /** Returns a duration for people; of less than a tenth of a second, the milliseconds. */
    static String text(long millis) {
        return millis < SHORT_MILLIS ? millis + " ms" : DurationText.format(Duration.ofMillis(millis));
    }

    /** Returns a moment as HTML takes it. */
    static String iso(long timestamp) {
        return Instant.ofEpochMilli(timestamp).toString();
    }

    /** Returns how long ago it was, in the words of Jenkins. */
    static String ago(long timestamp) {
        return Messages.Times_ago(Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - timestamp)));
    }

    /** Returns milliseconds since 1970; zero for what is no time in ISO 8601 with an offset. */
    static long parse(String iso) {
        try {
            return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }
}

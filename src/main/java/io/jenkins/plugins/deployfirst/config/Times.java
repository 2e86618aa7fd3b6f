package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;

/** Durations that may be left out. */
final class Times {
    private Times() {}

    /**
     * Reads a duration.
     *
     * @throws DeployFirstException (USAGE) when the text has another form
     */
    static Duration parse(String field, @CheckForNull String text, Duration otherwise) {
        return text == null || text.isBlank() ? otherwise : DurationText.parse(field, text);
    }

    /**
     * Reads a duration that has to be longer than nothing.
     *
     * @throws DeployFirstException (USAGE) when it is zero, or the text has another form
     */
    static Duration parsePositive(String field, @CheckForNull String text, Duration otherwise) {
        Duration duration = parse(field, text, otherwise);
        if (duration.isZero() && text != null && !text.isBlank()) {
            throw DeployFirstException.usage(field + ": is zero.", "Write a longer time, such as 10s.");
        }
        return duration;
    }

    /** Checks a duration that may be left out. */
    static void check(String field, @CheckForNull String text) {
        parse(field, text, Duration.ZERO);
    }

    /** Checks a duration that may be left out and has to be longer than nothing. */
    static void checkPositive(String field, @CheckForNull String text) {
        parsePositive(field, text, Duration.ZERO);
    }
}

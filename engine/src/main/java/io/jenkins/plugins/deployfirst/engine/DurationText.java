package io.jenkins.plugins.deployfirst.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as people type them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, or bare seconds. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|)");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param field the setting's name, for the error message
     * @param text such as {@code 30s}; a bare number is seconds
     * @throws DeployFirstException (USAGE) when the text has another form
     */
    public static Duration parse(String field, String text) {
        Matcher form = FORM.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw DeployFirstException.usage(
                    field + ": \"" + text + "\" is not a duration.",
                    "Write a number with a unit: 250ms, 30s, 5m or 2h; a bare number is seconds.");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** Writes a duration the way a person reads it: {@code 0.8 s}, {@code 42 s}, {@code 2 min 5 s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
    }
}

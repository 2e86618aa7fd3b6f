package io.jenkins.plugins.deployfirst.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of memory as people type them: {@code 500MB}, {@code 2GB}, or {@code 2GiB} in powers of 1024. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s*([KMGT])(I?)B?");
    private static final List<String> UNITS = List.of("K", "M", "G", "T");

    private ByteSize() {}

    /**
     * Reads an amount.
     *
     * @param field the setting's name, for the error message
     * @return bytes
     * @throws DeployFirstException (USAGE) when the text has another form
     */
    public static long parse(String field, String text) {
        Matcher form = FORM.matcher(text == null ? "" : text.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw DeployFirstException.usage(
                    field + ": \"" + OneLine.of(String.valueOf(text), 60) + "\" is not an amount of space.",
                    "Write a number with a unit: 500MB, 2GB or 2GiB.");
        }
        long step = form.group(3).isEmpty() ? 1000 : 1024;
        long bytes = Long.parseLong(form.group(1));
        for (int power = UNITS.indexOf(form.group(2)); power >= 0; power--) {
            bytes *= step;
        }
        return bytes;
    }
}

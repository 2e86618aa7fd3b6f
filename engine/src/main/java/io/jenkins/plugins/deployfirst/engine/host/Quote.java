package io.jenkins.plugins.deployfirst.engine.host;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one place where text becomes part of a shell command line. */
public final class Quote {
    /** Characters that no POSIX shell gives a meaning, so that plain words stay readable in logs. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+(?:=[A-Za-z0-9_@%+:,./-]*)?");

    private Quote() {}

    /**
     * Returns the text as one shell word.
     *
     * @throws IllegalArgumentException when it holds a NUL, which no command line can carry
     * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02">POSIX, 2.2.2
     *     Single-Quotes</a>
     */
    public static String word(String text) {
        // A plain word with '=' could be read as an assignment where a command's name is expected; only option values
        // such as --project=app are left bare.
        if (PLAIN.matcher(text).matches() && (text.indexOf('=') < 0 || text.startsWith("-"))) {
            return text;
        }
        return quoted(text);
    }

    /**
     * Returns the text in quotes, whatever it holds.
     *
     * @throws IllegalArgumentException as {@link #word} does
     */
    public static String quoted(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A NUL character cannot stand in a command line.");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Returns the words as one command line. */
    public static String command(String... words) {
        return command(Arrays.asList(words));
    }

    /** Returns the words as one command line. */
    public static String command(List<String> words) {
        return words.stream().map(Quote::word).collect(Collectors.joining(" "));
    }
}

package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.regex.Pattern;

/** Makes text from elsewhere safe to show: nothing in it can drive the terminal or pretend to be another line. */
final class Printable {
    private static final int LONGEST = 2000;

    // ECMA-48 control sequences (colours, cursor movement) and operating system commands (window titles, links).
    private static final Pattern SEQUENCES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[@-Z\\\\^_]");

    // C0 and C1 controls, line separators, and what reorders text (https://trojansource.codes).
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]");

    private Printable() {}

    /** Returns the text as one line of at most 2000 characters. */
    static String oneLine(String text) {
        return shortened(text, LONGEST);
    }

    /** Returns a line that a command on the host printed, its indentation kept. */
    static String hostLine(String line) {
        // A progress display rewrites its line with carriage returns: what stands at the end is what counts.
        String whole = line.replaceAll("\\r+$", "");
        String last = whole.substring(whole.lastIndexOf('\r') + 1);
        String plain = SEQUENCES.matcher(last).replaceAll("").replace("\t", "    ");
        return OneLine.cut(UNSAFE.matcher(plain).replaceAll("?").stripTrailing(), LONGEST);
    }

    /** Returns the text as one line of at most {@code longest} characters. */
    static String shortened(String text, int longest) {
        return OneLine.of(SEQUENCES.matcher(text).replaceAll(""), longest);
    }
}

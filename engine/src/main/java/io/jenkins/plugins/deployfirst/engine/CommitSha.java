package io.jenkins.plugins.deployfirst.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/** A commit's name in hexadecimal: abbreviated (4 digits or more) or full (40 for SHA-1, 64 for SHA-256). */
public record CommitSha(String value) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4,64}");
    private static final int SHORT = 7;

    public CommitSha {
        if (value == null || value.isBlank()) {
            throw DeployFirstException.usage(
                    "sha: is empty.",
                    "Give the commit to deploy, 4 to 64 hexadecimal digits, such as $(git rev-parse HEAD).");
        }
        value = value.strip();
        if (!HEX.matcher(value).matches()) {
            throw DeployFirstException.usage(
                    "sha: \"" + printable(value) + "\" is not a commit SHA.",
                    "Give 4 to 64 hexadecimal digits, such as $(git rev-parse HEAD); branch and tag names are not taken.");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    /** Returns whether this is a complete name rather than an abbreviation. */
    public boolean isFull() {
        return value.length() == 40 || value.length() == 64;
    }

    /** Returns the first seven digits, as git and GitHub show a commit. */
    public String abbreviated() {
        return value.length() <= SHORT ? value : value.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String printable(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= 60 ? oneLine : oneLine.substring(0, 60) + "…";
    }
}

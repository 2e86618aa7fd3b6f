package io.jenkins.plugins.deployfirst.engine;

/** Makes text that others wrote fit to be shown: one line, no control characters, no longer than asked. */
public final class OneLine {
    private static final String ELLIPSIS = "…";

    private OneLine() {}

    /**
     * Returns the text in one line: white space of any sort is one space, and characters that would steer a terminal or
     * reorder the line (controls, formats such as U+202E, lone surrogates) are left out. Null is the empty text.
     *
     * @param maxLength the most {@code char}s to return, at least 1; what is cut is marked by an ellipsis, and a
     *     surrogate pair is never cut in two
     */
    public static String of(String text, int maxLength) {
        if (text == null) {
            return "";
        }
        // Only so much can end up in the result; the rest of a large body need not be looked at.
        String start = cut(text, 4 * maxLength);
        StringBuilder line = new StringBuilder();
        start.codePoints().forEach(character -> append(line, character));
        String whole = line.toString().strip();
        if (whole.length() <= maxLength && start.length() == text.length()) {
            return whole;
        }
        return cut(whole, maxLength - 1).stripTrailing() + ELLIPSIS;
    }

    /** Returns at most the first {@code maxLength} {@code char}s, without cutting a surrogate pair in two. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        return text.substring(0, end);
    }

    private static void append(StringBuilder line, int character) {
        if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
            return;
        }
        int type = Character.getType(character);
        if (type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE) {
            line.appendCodePoint(character);
        }
    }
}

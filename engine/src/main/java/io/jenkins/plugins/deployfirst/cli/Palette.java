package io.jenkins.plugins.deployfirst.cli;

/** Colours text, or leaves it plain where colours are not welcome. */
record Palette(boolean colours) {
    private static final String RESET = "\u001B[0m";

    String good(String text) {
        return coloured("32", text);
    }

    String bad(String text) {
        return coloured("31", text);
    }

    String warning(String text) {
        return coloured("33", text);
    }

    String strong(String text) {
        return coloured("1", text);
    }

    String dim(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return colours && !text.isEmpty() ? "\u001B[" + code + "m" + text + RESET : text;
    }
}

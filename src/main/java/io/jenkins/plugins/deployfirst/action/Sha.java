package io.jenkins.plugins.deployfirst.action;

/** Shows commits as git and GitHub do. */
final class Sha {
    private static final int SHORT = 7;

    private Sha() {}

    /** Returns the first seven digits; empty for none. */
    static String abbreviated(String sha) {
        return sha.length() <= SHORT ? sha : sha.substring(0, SHORT);
    }
}

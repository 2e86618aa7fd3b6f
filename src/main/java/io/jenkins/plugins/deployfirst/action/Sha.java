package io.jenkins.plugins.deployfirst.action;

import java.util.regex.Pattern;

/** Shows commits as git and GitHub do. */
final class Sha {
    private static final int SHORT = 7;
    private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private Sha() {}

    /** Returns the first seven digits of a full SHA; anything else, such as the tag of images, as it is. */
    static String abbreviated(String sha) {
        return isFull(sha) ? sha.substring(0, SHORT) : sha;
    }

    static boolean isFull(String sha) {
        return FULL.matcher(sha).matches();
    }
}

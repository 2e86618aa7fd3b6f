package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.OneLine;

/**
 * A commit as people know it.
 *
 * @param sha the full SHA
 * @param author who wrote it, at most 500 characters
 * @param subject the first line of its message, at most 500 characters
 */
record Release(String sha, String author, String subject) {
    private static final int LONGEST = 500;

    /** Returns a commit of which nothing more is known. */
    static Release of(String sha) {
        return new Release(sha, "", "");
    }

    /** Reads what a script reported: three lines. */
    static Release parse(String lines) {
        String[] parts = lines.split("\n", 3);
        return new Release(
                parts[0],
                parts.length > 1 ? OneLine.of(parts[1], LONGEST) : "",
                parts.length > 2 ? OneLine.of(parts[2], LONGEST) : "");
    }

    /** Returns whether this is another name of the same release. */
    boolean is(Release other) {
        return sha.equals(other.sha);
    }

    /** Returns its full name. */
    String name() {
        return sha;
    }

    String abbreviated() {
        return new CommitSha(sha).abbreviated();
    }
}

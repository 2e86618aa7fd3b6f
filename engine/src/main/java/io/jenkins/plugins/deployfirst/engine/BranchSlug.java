package io.jenkins.plugins.deployfirst.engine;

import java.util.Locale;

/** A branch's name made fit for tags and host names, by the rule of GitLab's {@code CI_COMMIT_REF_SLUG}. */
public final class BranchSlug {
    private static final int LONGEST = 63;

    private BranchSlug() {}

    /**
     * Returns the name in lower case with everything but letters and digits of ASCII replaced by dashes, no longer than 63
     * characters and without dashes at its ends; empty when nothing is left.
     */
    public static String of(String branch) {
        String dashed = branch.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return OneLine.cut(dashed, LONGEST).replaceAll("^-+|-+$", "");
    }
}

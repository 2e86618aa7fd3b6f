package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;

/**
 * How the last validated release differs from the live one.
 *
 * @param validated the last validated release, with all that is known of it
 * @param ahead how many commits the live one has that the validated one has not; {@link #UNKNOWN} when nobody knows
 * @param behind how many commits the validated one has that the live one has not; {@link #UNKNOWN} when nobody knows
 */
record ReleaseComparison(Commit validated, int ahead, int behind) {
    static final int UNKNOWN = -1;

    /** Reads what {@link Carrier#compare} reported; images say nothing of their commit. */
    static ReleaseComparison of(String validatedSha, ScriptResult result) {
        String told = result.value("validatedCommit");
        String[] distance = result.value("distance").strip().split("\\s+");
        boolean counted = distance.length == 2 && distance[0].matches("\\d{1,9}") && distance[1].matches("\\d{1,9}");
        return new ReleaseComparison(
                Commit.of(told.isEmpty() ? Release.of(validatedSha) : Release.parse(told)),
                counted ? Integer.parseInt(distance[1]) : UNKNOWN,
                counted ? Integer.parseInt(distance[0]) : UNKNOWN);
    }
}

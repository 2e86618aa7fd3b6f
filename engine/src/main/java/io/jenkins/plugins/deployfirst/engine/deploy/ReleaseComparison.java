package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the host knows of releases beside each other; where images carry them, nothing.
 *
 * @param commits those that the host knows
 * @param ahead how many commits the live release has that the validated one has not; {@link #UNKNOWN} when nobody knows
 * @param behind how many commits the validated one has that the live one has not; {@link #UNKNOWN} when nobody knows
 */
record ReleaseComparison(List<Commit> commits, int ahead, int behind) {
    static final int UNKNOWN = -1;
    private static final int LINES = 4;

    /** Reads what {@link Carrier#compare} reported. */
    static ReleaseComparison of(ScriptResult result) {
        String[] distance = result.value("distance").strip().split("\\s+");
        boolean counted = distance.length == 2 && distance[0].matches("\\d{1,9}") && distance[1].matches("\\d{1,9}");
        return new ReleaseComparison(
                commits(result.value("commits")),
                counted ? Integer.parseInt(distance[1]) : UNKNOWN,
                counted ? Integer.parseInt(distance[0]) : UNKNOWN);
    }

    private static List<Commit> commits(String told) {
        String[] lines = told.split("\n", -1);
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i + LINES <= lines.length; i += LINES) {
            commits.add(Commit.of(Release.parse(String.join("\n", Arrays.copyOfRange(lines, i, i + LINES)))));
        }
        return commits;
    }

    /** Returns all that is known of a commit. */
    Commit commit(Release release) {
        return commits.stream()
                .filter(commit -> commit.sha().equals(release.sha()))
                .findFirst()
                .orElse(Commit.of(release));
    }
}

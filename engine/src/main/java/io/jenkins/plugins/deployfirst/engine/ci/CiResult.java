package io.jenkins.plugins.deployfirst.engine.ci;

import java.io.Serializable;
import java.util.List;

/**
 * What a watch of CI found out.
 *
 * @param verdict one of SUCCESS, FAILURE, TIMEOUT, ABSENT, ERROR
 * @param checks the checks of the last read, those that count
 * @param reason one line that says why, with the remedy where there is one
 */
public record CiResult(Verdict verdict, List<Check> checks, String reason) implements Serializable {
    public CiResult {
        checks = List.copyOf(checks);
    }

    /** Returns the checks that failed. */
    public List<Check> failures() {
        return checks.stream()
                .filter(check -> check.state() == Check.State.FAILED)
                .toList();
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import java.io.Serializable;
import java.util.List;

/**
 * All checks of a commit at one moment, every page of them.
 *
 * @param checks the latest run of each check
 * @param ciSkipped whether the commit's message asks CI to skip it and no check appeared
 */
public record CiSnapshot(List<Check> checks, boolean ciSkipped) implements Serializable {
    public CiSnapshot {
        checks = List.copyOf(checks);
    }
}

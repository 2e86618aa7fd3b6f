package io.jenkins.plugins.deployfirst.watch;

import hudson.model.Job;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out the checks that this Jenkins itself reports for the commit: a watch that counted them would wait for the
 * build that it is part of.
 *
 * @see <a href="https://plugins.jenkins.io/github-branch-source/">the contexts of GitHub Branch Source</a>
 * @see <a href="https://plugins.jenkins.io/github-checks/">the check of GitHub Checks</a>
 */
public final class OwnChecks {
    private static final List<String> CONVENTIONAL = List.of("continuous-integration/jenkins/*", "Jenkins");

    private OwnChecks() {}

    /** Returns the rules; where {@code checks} says what counts, they stay as they are. */
    public static CiRules ignore(CiRules rules, Job<?, ?> job) {
        if (!rules.checks().isEmpty()) {
            return rules;
        }
        List<String> ignored = new ArrayList<>(rules.ignoreChecks());
        ignored.addAll(CONVENTIONAL);
        ignored.add(job.getFullName());
        ignored.add(job.getFullDisplayName());
        return new CiRules(
                rules.initialDelay(),
                rules.interval(),
                rules.timeout(),
                rules.checks(),
                ignored,
                rules.onTimeout(),
                rules.onAbsent());
    }
}

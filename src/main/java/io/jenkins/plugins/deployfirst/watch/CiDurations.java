package io.jenkins.plugins.deployfirst.watch;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows from a job's last builds how long CI usually takes. */
final class CiDurations {
    private static final int BUILDS = 30;
    private static final int ENOUGH = 9;

    private CiDurations() {}

    /** Returns the median of the last watches that ended in a success; empty when there is none. */
    static Optional<Duration> usual(Job<?, ?> job, String environment) {
        List<Duration> known = new ArrayList<>();
        for (Run<?, ?> run : job.getBuilds().limit(BUILDS)) {
            DeploymentAction action = run.getAction(DeploymentAction.class);
            if (action != null && known.size() < ENOUGH) {
                action.getRecords().stream()
                        .filter(record -> record.kind() == DeploymentRecord.Kind.WATCH)
                        .filter(record -> record.getEnvironment().equals(environment))
                        .filter(record -> record.getVerdict().equals(Verdict.SUCCESS.name()))
                        .forEach(record -> known.add(Duration.ofMillis(record.getDurationMillis())));
            }
        }
        known.sort(null);
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() / 2));
    }
}

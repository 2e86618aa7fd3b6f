package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a promotion came to. A failed one that was taken back is a result as well, not an exception.
 *
 * @param from the environment that validated the release
 * @param deployed what became of it on the target
 * @param backup the last line that the backup printed, {@code made} when it printed none; empty without a backup
 * @param durationMillis the whole flow
 * @param looking the phases before the deployment's
 */
public record PromotionResult(
        String from, DeployResult deployed, String backup, long durationMillis, List<DeployResult.Phase> looking) {
    public PromotionResult {
        looking = List.copyOf(looking);
    }

    public Outcome outcome() {
        return deployed.outcome();
    }

    /** Returns one line that says what failed, with the remedy; empty when nothing did. */
    public String error() {
        return deployed.error();
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        List<DeployResult.Phase> phases = new ArrayList<>(looking);
        phases.addAll(deployed.phases());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", deployed.environment());
        map.put("from", from);
        map.put("to", deployed.environment());
        map.put("sha", deployed.sha());
        map.put("previousSha", deployed.previousSha());
        map.put("lastValidatedSha", outcome() == Outcome.DONE ? deployed.sha() : deployed.lastValidatedSha());
        map.put("backup", backup);
        map.put("rolledBackTo", deployed.rolledBackTo());
        map.put("rolledBack", outcome() == Outcome.ROLLED_BACK);
        map.put("healthy", deployed.gate().healthy());
        map.put("commits", Commit.toMap(deployed.commits()));
        map.put("durationMillis", durationMillis);
        map.put("phases", Phases.toMaps(phases));
        return map;
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rollback came to.
 *
 * @param outcome DONE, or PERSON_NEEDED
 * @param environment the environment's name
 * @param sha what is live now
 * @param tag the tag of its images; empty in a checkout
 * @param previousSha what was live before
 * @param commits what is known of the commits named here
 * @param superseded whether the host was left alone because another release is live than the one to undo
 * @param gate the health gate after it
 * @param durationMillis the whole flow
 * @param phases each phase with its time, in order
 * @param error one line that says what failed, with the remedy; empty when nothing did
 */
public record RollbackResult(
        Outcome outcome,
        String environment,
        String sha,
        String tag,
        String previousSha,
        List<Commit> commits,
        boolean superseded,
        GateResult gate,
        long durationMillis,
        List<DeployResult.Phase> phases,
        String error) {
    public RollbackResult {
        commits = List.copyOf(commits);
        phases = List.copyOf(phases);
    }

    /** Returns what tells the live release from others: its SHA, or where that is not known the tag. */
    String live() {
        return new Release(sha, "", "").tagged(tag).id();
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("sha", sha);
        map.put("tag", tag);
        map.put("previousSha", previousSha);
        map.put("superseded", superseded);
        map.put("healthy", gate.healthy());
        map.put("commits", Commit.toMap(commits));
        map.put("durationMillis", durationMillis);
        map.put("phases", Phases.toMaps(phases));
        return map;
    }
}

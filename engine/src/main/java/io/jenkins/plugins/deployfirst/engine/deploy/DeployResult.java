package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a deployment came to. A failed one that was taken back is a result as well, not an exception.
 *
 * @param outcome DONE, FAILED_UNCHANGED (taken back before anything ran), ROLLED_BACK or PERSON_NEEDED
 * @param environment the environment's name
 * @param sha the full SHA that was to be deployed
 * @param tag the tag of its images; empty in a checkout
 * @param previousSha what was live before; empty when only its images are known
 * @param lastValidatedSha the last validated release; empty when none exists
 * @param rolledBackTo what the host went back to; empty when it did not
 * @param commits what is known of the commits named here
 * @param gate the last health gate
 * @param images what the services ran before and were brought up with; empty when containers were only restarted
 * @param durationMillis the whole flow
 * @param phases each phase with its time, in order
 * @param error one line that says what failed, with the remedy; empty when nothing did
 */
public record DeployResult(
        Outcome outcome,
        String environment,
        String sha,
        String tag,
        String previousSha,
        String lastValidatedSha,
        String rolledBackTo,
        List<Commit> commits,
        GateResult gate,
        List<ImageChange> images,
        long durationMillis,
        List<Phase> phases,
        String error) {
    public DeployResult {
        commits = List.copyOf(commits);
        images = List.copyOf(images);
        phases = List.copyOf(phases);
    }

    /** A phase and how long it took. */
    public record Phase(String name, long durationMillis) {}

    /**
     * The image of a service before and after it was brought up.
     *
     * @param service its name in the compose files
     * @param image the name that the compose files give the image, such as {@code app-backend:latest}
     * @param before the image's id; empty when the service had no container
     * @param after the image's id
     */
    public record ImageChange(String service, String image, String before, String after) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("image", image);
            map.put("before", before);
            map.put("after", after);
            return map;
        }
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("sha", sha);
        map.put("tag", tag);
        map.put("previousSha", previousSha);
        map.put("lastValidatedSha", lastValidatedSha);
        map.put("rolledBackTo", rolledBackTo);
        map.put("rolledBack", outcome == Outcome.ROLLED_BACK);
        map.put("healthy", gate.healthy());
        Map<String, Object> byService = new LinkedHashMap<>();
        images.forEach(change -> byService.put(change.service(), change.toMap()));
        map.put("images", byService);
        map.put("commits", Commit.toMap(commits));
        map.put("durationMillis", durationMillis);
        map.put("phases", Phases.toMaps(phases));
        return map;
    }
}

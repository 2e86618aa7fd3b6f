package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a watch ended in, and what was done about it.
 *
 * @param outcome DONE (validated or superseded), ROLLED_BACK, PERSON_NEEDED or NO_VERDICT
 * @param environment the environment's name
 * @param verdict what the watch ended in
 * @param sha the release that was watched
 * @param rolledBackTo what the host went back to; empty when it did not
 * @param commits what is known of the commits named here
 * @param checks the checks of the last read
 * @param details why checks failed, as far as the CI server tells
 * @param durationMillis from the start of the watch
 * @param error one line that says why it is not DONE, with the remedy; empty when it is
 */
public record WatchResult(
        Outcome outcome,
        String environment,
        Verdict verdict,
        String sha,
        String rolledBackTo,
        List<Commit> commits,
        List<Check> checks,
        List<FailureDetail> details,
        long durationMillis,
        String error) {
    public WatchResult {
        commits = List.copyOf(commits);
        checks = List.copyOf(checks);
        details = List.copyOf(details);
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("verdict", verdict.name());
        map.put("sha", sha);
        map.put("rolledBackTo", rolledBackTo);
        List<Map<String, Object>> list = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", check.name());
            one.put("state", check.state().name());
            one.put("conclusion", check.conclusion());
            one.put("url", check.url());
            details.stream().filter(detail -> detail.key().equals(check.key())).forEach(detail -> {
                one.put("step", detail.step());
                one.put("log", detail.log());
            });
            list.add(one);
        }
        map.put("checks", list);
        map.put("commits", Commit.toMap(commits));
        map.put("durationMillis", durationMillis);
        return map;
    }
}

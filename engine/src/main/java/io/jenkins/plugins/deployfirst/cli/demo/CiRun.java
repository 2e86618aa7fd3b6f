package io.jenkins.plugins.deployfirst.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What CI does for one commit: two checks, queued at first, then in progress, and completed at the time that is set. The
 * JSON holds the fields of GitHub's that a reader needs.
 *
 * @param page the address that the logs are below
 * @param number tells this commit's runs from others
 * @param end when both checks are completed; empty: not known yet
 * @param success of the second check; the first one always succeeds
 * @see <a href="https://docs.github.com/en/rest/checks/runs">check runs</a>
 */
record CiRun(String sha, String page, int number, Instant pushed, Optional<Instant> end, boolean success) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration QUEUED = Duration.ofMillis(300);
    private static final List<String> CHECKS = List.of("build", "unit-tests");

    static CiRun queued(String sha, String page, int number) {
        return new CiRun(sha, page, number, Instant.now(), Optional.empty(), false);
    }

    CiRun ending(Duration after, boolean withSuccess) {
        return new CiRun(sha, page, number, pushed, Optional.of(Instant.now().plus(after)), withSuccess);
    }

    JsonNode checkRuns() {
        ObjectNode list = JSON.createObjectNode().put("total_count", CHECKS.size());
        ArrayNode runs = list.putArray("check_runs");
        for (int i = 0; i < CHECKS.size(); i++) {
            ObjectNode run = runs.addObject();
            run.put("id", id(i)).put("name", CHECKS.get(i)).put("head_sha", sha);
            run.put("external_id", "job-" + id(i)).put("started_at", pushed.toString());
            run.put("html_url", page + "/runs/" + id(i)).put("details_url", page + "/runs/" + id(i));
            run.putObject("check_suite").put("id", number);
            state(run, i == 0 || success);
        }
        return list;
    }

    /** There are none: the older way to tell, which other CI servers use. */
    JsonNode statuses() {
        ObjectNode list = JSON.createObjectNode().put("state", "pending").put("sha", sha);
        list.putArray("statuses");
        return list.put("total_count", 0);
    }

    JsonNode suites() {
        ObjectNode list = JSON.createObjectNode().put("total_count", 1);
        ObjectNode suite = list.putArray("check_suites").addObject();
        suite.put("id", number).put("head_sha", sha).put("latest_check_runs_count", CHECKS.size());
        state(suite, success);
        return list;
    }

    boolean has(String id) {
        return id.equals(Integer.toString(id(0))) || id.equals(Integer.toString(id(1)));
    }

    /** Returns what the unit tests print. */
    String log() {
        return success
                ? "pricesAreInEuro: ok\n"
                : "pricesAreInEuro: FAILED: three apples cost 2.97 EUR, and the page says 297 EUR\n";
    }

    private int id(int check) {
        return 10 * number + check;
    }

    private void state(ObjectNode entry, boolean succeeds) {
        Instant now = Instant.now();
        boolean completed = end.filter(time -> !now.isBefore(time)).isPresent();
        String conclusion = succeeds ? "success" : "failure";
        String status = completed ? "completed" : now.isBefore(pushed.plus(QUEUED)) ? "queued" : "in_progress";
        entry.put("status", status).put("conclusion", completed ? conclusion : null);
        entry.put("completed_at", completed ? end.get().toString() : null);
        entry.putObject("app").put("slug", "github-actions").put("name", "GitHub Actions");
    }
}

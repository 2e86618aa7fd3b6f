package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;

/**
 * Turns the entries of GitHub's lists into checks.
 *
 * @see <a href="https://docs.github.com/en/rest/checks/runs">check runs</a>
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">commit statuses</a>
 * @see <a href="https://docs.github.com/en/rest/checks/suites">check suites</a>
 */
final class GitHubJson {
    private static final String ACTIONS = "github-actions";

    private GitHubJson() {}

    /**
     * A check run or a commit status.
     *
     * @param id grows with every run, so that a rerun is known by the greater one
     * @param suite of the check run; 0 for none
     * @param actions whether GitHub Actions reports it
     */
    record Report(long id, long suite, boolean actions, Check check) {}

    /**
     * A check suite: all check runs of one workflow run.
     *
     * @param runs how many check runs it has
     * @param word its conclusion, or its status while it has none
     */
    record Suite(long id, String app, boolean actions, State state, String word, int runs) {}

    static Report checkRun(JsonNode run) {
        long id = CiJson.number(run, "id");
        String name = CiJson.name(run, "name");
        String app = run.path("app").path("slug").asText("");
        long suite = run.path("check_suite").path("id").asLong(0);
        boolean actions = app.equals(ACTIONS);
        // Two jobs of one workflow may have the same name; their external ids tell them apart and outlive a rerun.
        String job = actions ? "/" + OneLine.of(run.path("external_id").asText(""), CiJson.MAX_NAME) : "";
        String key = "run/" + app + "/" + suite + "/" + CiJson.identity(run, "name", id) + job;
        String origin = CiJson.link(run, "details_url");
        String page = CiJson.link(run, "html_url").isEmpty() ? origin : CiJson.link(run, "html_url");
        return new Report(id, suite, actions, new Check(key, name, state(run), conclusion(run), page, origin));
    }

    static Report commitStatus(JsonNode status) {
        long id = CiJson.number(status, "id");
        String word = CiJson.text(status, "state");
        State state =
                switch (word) {
                    case "success" -> State.SUCCEEDED;
                    case "failure", "error" -> State.FAILED;
                    default -> State.PENDING;
                };
        Check check = new Check(
                "status/" + CiJson.identity(status, "context", id),
                CiJson.name(status, "context"),
                state,
                CiJson.word(status, "state"),
                CiJson.link(status, "target_url"));
        return new Report(id, 0, false, check);
    }

    static Suite checkSuite(JsonNode suite) {
        JsonNode app = suite.path("app");
        return new Suite(
                CiJson.number(suite, "id"),
                OneLine.of(app.path("name").asText("GitHub Actions"), CiJson.MAX_NAME),
                app.path("slug").asText("").equals(ACTIONS),
                state(suite),
                conclusion(suite),
                suite.path("latest_check_runs_count").asInt(0));
    }

    /** Returns the step that failed a job of GitHub Actions; empty when none did. */
    static String failedStep(JsonNode job) {
        for (JsonNode step : job.path("steps")) {
            if (state(step) == State.FAILED) {
                return OneLine.of(step.path("name").asText(""), CiJson.MAX_NAME);
            }
        }
        return "";
    }

    /**
     * What is unknown is pending: a word that GitHub adds one day must neither validate a release nor take a good one
     * back.
     */
    private static State state(JsonNode entry) {
        if (!entry.path("status").asText("").equals("completed")) {
            return State.PENDING;
        }
        return switch (entry.path("conclusion").asText("")) {
            case "success" -> State.SUCCEEDED;
            case "neutral", "skipped" -> State.NEUTRAL;
            case "failure", "timed_out", "cancelled", "action_required", "startup_failure", "stale" -> State.FAILED;
            default -> State.PENDING;
        };
    }

    private static String conclusion(JsonNode entry) {
        String conclusion = CiJson.word(entry, "conclusion");
        return conclusion.isEmpty() ? CiJson.word(entry, "status") : conclusion;
    }
}

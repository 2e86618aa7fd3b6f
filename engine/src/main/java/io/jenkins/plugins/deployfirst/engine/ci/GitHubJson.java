package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.util.regex.Pattern;

/**
 * Turns the entries of GitHub's lists into checks.
 *
 * @see <a href="https://docs.github.com/en/rest/checks/runs">check runs</a>
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">commit statuses</a>
 * @see <a href="https://docs.github.com/en/rest/checks/suites">check suites</a>
 */
final class GitHubJson {
    private static final String ACTIONS = "github-actions";
    private static final int MAX_NAME = 255;
    private static final int MAX_WORD = 60;
    private static final Pattern WEB = Pattern.compile("https?://[^\\s\\p{Cntrl}]{1,2000}");

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
        long id = number(run, "id");
        String name = name(run, "name");
        String app = run.path("app").path("slug").asText("");
        long suite = run.path("check_suite").path("id").asLong(0);
        boolean actions = app.equals(ACTIONS);
        // Two jobs of one workflow may have the same name; their external ids tell them apart and outlive a rerun.
        String job = actions ? "/" + OneLine.of(run.path("external_id").asText(""), MAX_NAME) : "";
        String key = "run/" + app + "/" + suite + "/" + identity(run, "name", id) + job;
        String page = link(run, "html_url").isEmpty() ? link(run, "details_url") : link(run, "html_url");
        return new Report(id, suite, actions, new Check(key, name, state(run), word(run), page));
    }

    static Report commitStatus(JsonNode status) {
        long id = number(status, "id");
        String word = text(status, "state");
        State state =
                switch (word) {
                    case "success" -> State.SUCCEEDED;
                    case "failure", "error" -> State.FAILED;
                    default -> State.PENDING;
                };
        Check check = new Check(
                "status/" + identity(status, "context", id),
                name(status, "context"),
                state,
                OneLine.of(word, MAX_WORD),
                link(status, "target_url"));
        return new Report(id, 0, false, check);
    }

    static Suite checkSuite(JsonNode suite) {
        JsonNode app = suite.path("app");
        return new Suite(
                number(suite, "id"),
                OneLine.of(app.path("name").asText("GitHub Actions"), MAX_NAME),
                app.path("slug").asText("").equals(ACTIONS),
                state(suite),
                word(suite),
                suite.path("latest_check_runs_count").asInt(0));
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

    private static String word(JsonNode entry) {
        String conclusion = OneLine.of(entry.path("conclusion").asText(""), MAX_WORD);
        return conclusion.isEmpty() ? OneLine.of(entry.path("status").asText(""), MAX_WORD) : conclusion;
    }

    private static String name(JsonNode entry, String field) {
        String name = OneLine.of(text(entry, field), MAX_NAME);
        return name.isEmpty() ? "(no name)" : name;
    }

    /** A name that is too long to keep is replaced by the id, never cut: two checks must not become one. */
    private static String identity(JsonNode entry, String field, long id) {
        String name = text(entry, field);
        return name.length() <= MAX_NAME ? name : "#" + id;
    }

    private static String link(JsonNode entry, String field) {
        String link = entry.path(field).asText("");
        return WEB.matcher(link).matches() ? link : "";
    }

    private static String text(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field);
        }
        return value.textValue();
    }

    private static long number(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(field);
        }
        return value.longValue();
    }
}

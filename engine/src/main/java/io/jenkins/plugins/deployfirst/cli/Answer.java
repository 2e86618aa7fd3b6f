package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command comes to.
 *
 * @param outcome decides on the exit code
 * @param map what {@code --json} prints, without outcome and error
 * @param text what is printed otherwise; may be empty
 * @param errors one line each; none when nothing failed
 */
record Answer(Outcome outcome, Map<String, Object> map, String text, List<String> errors) {

    /** An answer with one error, or with none when {@code error} is empty. */
    Answer(Outcome outcome, Map<String, Object> map, String text, String error) {
        this(outcome, map, text, error.isEmpty() ? List.of() : List.of(error));
    }

    static Answer failed(DeployFirstException failure) {
        return new Answer(failure.outcome(), Map.of(), "", failure.getMessage());
    }

    /** Returns the one object of {@code --json}. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(map);
        json.put("outcome", outcome.name());
        if (!errors.isEmpty()) {
            json.put("error", Printable.oneLine(String.join(" ", errors)));
        }
        return json;
    }
}

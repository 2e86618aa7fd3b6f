package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.host.UnreachableException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a flow came to, as builds remember it and steps return it.
 *
 * @param outcome how it ended
 * @param map the result: linked maps and lists of strings, numbers and booleans; what has no result holds the
 *     environment's name alone
 * @param error one line that says what failed, with the remedy; empty when nothing did
 * @param away whether it came to nothing because the host cannot be reached
 */
public record FlowOutcome(Outcome outcome, Map<String, Object> map, String error, boolean away)
        implements Serializable {
    public FlowOutcome {
        map = PlainValues.map(map);
    }

    /** Makes that of a flow that had a host. */
    public FlowOutcome(Outcome outcome, Map<String, Object> map, String error) {
        this(outcome, map, error, false);
    }

    /** Returns the outcome of a flow that gave no result. */
    static FlowOutcome failed(String environment, DeployFirstException failure) {
        FlowOutcome failed = failed(environment, failure.outcome(), failure.getMessage());
        return new FlowOutcome(failed.outcome(), failed.map(), failed.error(), failure instanceof UnreachableException);
    }

    static FlowOutcome failed(String environment, Outcome outcome, String error) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        return new FlowOutcome(outcome, map, error);
    }

    /** Returns a copy of the result that Groovy may change as it likes. */
    @Override
    public Map<String, Object> map() {
        return PlainValues.map(map);
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a health gate found into an outcome. */
final class GateOutcome {
    private GateOutcome() {}

    /**
     * Returns the outcome.
     *
     * @param kind the key under which the map names what was asked: {@code environment} or {@code url}
     */
    static FlowOutcome of(String kind, String name, GateResult gate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(kind, name);
        map.put("healthy", gate.healthy());
        map.put("attempts", attempts(gate));
        return gate.healthy()
                ? new FlowOutcome(Outcome.DONE, map, "")
                : new FlowOutcome(Outcome.FAILED_UNCHANGED, map, name + " is not healthy: " + gate.problem());
    }

    private static List<Map<String, Object>> attempts(GateResult gate) {
        return gate.attempts().stream()
                .map(attempt -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("probe", attempt.probe());
                    map.put("starting", attempt.starting());
                    map.put("healthy", attempt.healthy());
                    map.put("status", attempt.status());
                    map.put("latencyMillis", attempt.latencyMillis());
                    map.put("message", attempt.message());
                    return map;
                })
                .toList();
    }
}

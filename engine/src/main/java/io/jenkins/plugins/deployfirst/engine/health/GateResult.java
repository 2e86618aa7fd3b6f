package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a gate was passed, and how it came to that.
 *
 * @param healthy whether every probe ended healthy
 * @param attempts the probes made, oldest first; at most the last 100
 */
public record GateResult(boolean healthy, List<Attempt> attempts) {
    public GateResult {
        attempts = List.copyOf(attempts);
    }

    /** Returns in one line what each unhealthy probe answered last; empty when the gate was passed. */
    public String problem() {
        Map<String, Attempt> last = new LinkedHashMap<>();
        attempts.forEach(attempt -> last.put(attempt.probe(), attempt));
        return last.values().stream()
                .filter(attempt -> !attempt.healthy())
                .map(attempt -> attempt.probe() + ": " + attempt.message())
                .collect(Collectors.joining("; "));
    }
}

package io.jenkins.plugins.deployfirst.engine.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was tried, in its order; all of it succeeded. */
public record MigrationCheckResult(List<Step> steps) {
    public MigrationCheckResult {
        steps = List.copyOf(steps);
    }

    /** One command, such as {@code first upgrade}. */
    public record Step(String name, double seconds) {}

    /** Returns the result for Groovy and JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("steps", steps.stream().map(MigrationCheckResult::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Step step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", step.name());
        map.put("seconds", step.seconds());
        return map;
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns phases into the plain lists and maps that Groovy and JSON take. */
final class Phases {
    private Phases() {}

    static List<Map<String, Object>> toMaps(List<DeployResult.Phase> phases) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (DeployResult.Phase phase : phases) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", phase.name());
            map.put("durationMillis", phase.durationMillis());
            maps.add(map);
        }
        return maps;
    }
}

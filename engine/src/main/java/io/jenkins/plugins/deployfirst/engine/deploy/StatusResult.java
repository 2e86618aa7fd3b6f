package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is live on an environment at this moment.
 *
 * @param environment the environment's name
 * @param live what the host runs now
 * @param liveTag the tag of its images; empty in a checkout
 * @param liveSubject the first line of its commit message
 * @param lastValidated the last validated release; empty when none exists
 * @param interrupted whether the last deployment died half way
 * @param lockHolder who holds the lock; empty when nobody does
 * @param health {@code healthy}, {@code unhealthy: why}, or {@code not configured}
 * @param journal the last entries, oldest first
 */
public record StatusResult(
        String environment,
        String live,
        String liveTag,
        String liveSubject,
        String lastValidated,
        boolean interrupted,
        String lockHolder,
        String health,
        List<JournalEntry> journal) {
    public StatusResult {
        journal = List.copyOf(journal);
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("live", live);
        map.put("liveTag", liveTag);
        map.put("liveSubject", liveSubject);
        map.put("lastValidated", lastValidated);
        map.put("interrupted", interrupted);
        map.put("lockHolder", lockHolder);
        map.put("health", health);
        List<Map<String, String>> entries = new ArrayList<>();
        journal.forEach(entry -> entries.add(new LinkedHashMap<>(entry.fields())));
        map.put("journal", entries);
        return map;
    }
}

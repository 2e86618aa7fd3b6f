package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that a section of the environment file may have, and those it may not although they exist elsewhere.
 *
 * @param names the valid ones, in the order they are listed to people
 * @param jenkinsOnly those that only Jenkins takes, with what to write here instead
 */
record KnownKeys(List<String> names, Map<String, String> jenkinsOnly) {
    static KnownKeys of(String... names) {
        return new KnownKeys(List.of(names), Map.of());
    }

    KnownKeys jenkinsOnly(String key, String instead) {
        Map<String, String> more = new LinkedHashMap<>(jenkinsOnly);
        more.put(key, instead);
        return new KnownKeys(names, more);
    }

    /** Refuses a key that is not valid here; {@code place} is the key's. */
    void check(String key, Place place) {
        if (!names.contains(key)) {
            throw refusal(key, place);
        }
    }

    private DeployFirstException refusal(String key, Place place) {
        if (jenkinsOnly.containsKey(key)) {
            return place.about("is a setting for Jenkins.", jenkinsOnly.get(key));
        }
        return place.about(
                "is not a known key.",
                NearestName.suggestion(Printable.oneLine(key), names) + "Known here: " + String.join(", ", names)
                        + ".");
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers a bounded number of values and forgets the one that was not asked for the longest. Safe for threads. */
final class RecentlyUsed<V> {
    private final Map<String, V> values;

    RecentlyUsed(int limit) {
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void put(String key, V value) {
        values.put(key, value);
    }
}

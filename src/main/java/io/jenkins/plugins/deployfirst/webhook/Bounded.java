package io.jenkins.plugins.deployfirst.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that drops its oldest entry when it has too many. */
final class Bounded<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    Bounded(int limit) {
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
    }
}

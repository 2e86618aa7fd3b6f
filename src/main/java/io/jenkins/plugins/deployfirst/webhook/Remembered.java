package io.jenkins.plugins.deployfirst.webhook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Remembers a bounded number of texts, and forgets the oldest. Safe for threads. */
final class Remembered {
    private final Set<String> texts;

    Remembered(int limit) {
        this.texts = Collections.newSetFromMap(Collections.synchronizedMap(new Bounded(limit)));
    }

    /** Returns whether this text is not among the remembered ones, and remembers it. */
    boolean isNew(String text) {
        return texts.add(text);
    }

    /** A map that drops its oldest entry when it has too many. */
    private static final class Bounded extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        Bounded(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > limit;
        }
    }
}

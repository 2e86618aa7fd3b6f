package io.jenkins.plugins.deployfirst.webhook;

import java.util.Collections;
import java.util.Set;

/** Remembers a bounded number of texts, and forgets the oldest. Safe for threads. */
final class Remembered {
    private final Set<String> texts;

    Remembered(int limit) {
        this.texts = Collections.newSetFromMap(Collections.synchronizedMap(new Bounded<Boolean>(limit)));
    }

    /** Returns whether this text is not among the remembered ones, and remembers it. */
    boolean isNew(String text) {
        return texts.add(text);
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import java.io.Serializable;
import java.util.List;

/**
 * Why a check failed, as far as its CI server tells.
 *
 * @param key the check's
 * @param step the step that failed; empty when the server does not tell
 * @param log the end of its log, at most 30 lines, secrets masked; empty when it may not be read
 */
public record FailureDetail(String key, String step, List<String> log) implements Serializable {
    public FailureDetail {
        log = List.copyOf(log);
    }

    /** Returns whether it tells anything. */
    boolean isKnown() {
        return !step.isEmpty() || !log.isEmpty();
    }
}

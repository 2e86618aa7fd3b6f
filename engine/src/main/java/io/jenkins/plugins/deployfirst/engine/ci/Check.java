package io.jenkins.plugins.deployfirst.engine.ci;

import java.io.Serializable;

/**
 * One check of a commit as the CI server reports it: a check run, a commit status, a pipeline job.
 *
 * @param key what tells it from the commit's other checks, the same on every read
 * @param name as people know it; {@code checks:} and {@code ignoreChecks:} match it
 * @param state what it means for the verdict
 * @param conclusion the server's own word, such as {@code timed_out} or {@code in_progress}
 * @param url where its log is; empty when the server names none
 * @param origin the page that whoever reports it names as its own, such as that of a build; {@code url} where that is it
 */
public record Check(String key, String name, State state, String conclusion, String url, String origin)
        implements Serializable {
    /** Makes one whose page is its reporter's. */
    public Check(String key, String name, State state, String conclusion, String url) {
        this(key, name, state, conclusion, url, url);
    }

    /** What a check means for the verdict. */
    public enum State {
        /** Not finished. */
        PENDING,
        SUCCEEDED,
        /** Finished without saying anything: neutral, skipped. */
        NEUTRAL,
        FAILED
    }
}

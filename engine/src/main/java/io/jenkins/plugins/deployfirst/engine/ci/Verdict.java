package io.jenkins.plugins.deployfirst.engine.ci;

/** What a watch ends in. */
public enum Verdict {
    /** All required checks succeeded. */
    SUCCESS,
    /** A required check failed. */
    FAILURE,
    /** The checks were still pending at the end of the watch. */
    TIMEOUT,
    /** No check ever appeared. */
    ABSENT,
    /** Another release went live meanwhile; there is nothing to undo. */
    SUPERSEDED,
    /** The CI server refused to answer; nothing is known about the release. */
    ERROR
}

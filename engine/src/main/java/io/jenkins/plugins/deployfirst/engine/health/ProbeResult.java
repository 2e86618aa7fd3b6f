package io.jenkins.plugins.deployfirst.engine.health;

/**
 * One answer.
 *
 * @param healthy whether everything asked for was so
 * @param status the HTTP status, the container's state, or the exit status; empty when there was no answer
 * @param message why it is not healthy, in one line; empty when it is
 * @param lasting whether it stays so, and asking again is of no use
 */
public record ProbeResult(boolean healthy, String status, String message, boolean lasting) {
    /** Creates an answer that may be another one the next time. */
    public ProbeResult(boolean healthy, String status, String message) {
        this(healthy, status, message, false);
    }
}

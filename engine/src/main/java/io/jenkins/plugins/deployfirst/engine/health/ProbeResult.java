package io.jenkins.plugins.deployfirst.engine.health;

/**
 * One answer.
 *
 * @param healthy whether everything asked for was so
 * @param status the HTTP status, the container's state, or the exit status; empty when there was no answer
 * @param message why it is not healthy, in one line; empty when it is
 */
public record ProbeResult(boolean healthy, String status, String message) {}

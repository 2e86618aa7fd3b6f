package io.jenkins.plugins.deployfirst.engine;

import java.io.Serializable;

/**
 * One question of a health gate, and its answer.
 *
 * @param probe what was asked
 * @param starting whether it was made in the start period, where failing does not count
 * @param healthy whether the answer was as it should be
 * @param status what tells the answer from others, such as an HTTP status; empty when there was none
 * @param latencyMillis from the question to the end of the answer
 * @param message the answer in one line
 */
public record Attempt(
        String probe, boolean starting, boolean healthy, String status, long latencyMillis, String message)
        implements Serializable {}

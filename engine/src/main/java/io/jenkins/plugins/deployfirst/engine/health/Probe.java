package io.jenkins.plugins.deployfirst.engine.health;

import java.time.Duration;

/** Asks once whether something is healthy. */
public interface Probe {
    /**
     * Asks, and waits no longer than {@code timeout} for the whole answer.
     *
     * @throws InterruptedException when the flow is aborted
     */
    ProbeResult probe(Duration timeout) throws InterruptedException;

    /** Names what is asked, such as the URL without its credentials. */
    String describe();
}

package io.jenkins.plugins.deployfirst.agent;

import java.time.Duration;

/** Something that the engine does, on the controller or on an agent; it travels as {@link EngineJson}. */
sealed interface Job permits BuildImagesJob, FlowJob, GateJob, HookJob, InspectJob, MigrationCheckJob, NotifyJob {
    /** Does it in this very process. What fails in a way that people can act on is an outcome, not an exception. */
    FlowOutcome run(JobSite site) throws InterruptedException;

    /** Returns how long it has been going on already. */
    default Duration elapsed() {
        return Duration.ZERO;
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.migration.MigrationCheckFlow;
import io.jenkins.plugins.deployfirst.engine.migration.MigrationCheckRequest;
import java.util.Map;

/** Migrations to try in containers of their own. */
record MigrationCheckJob(MigrationCheckRequest request) implements Job {
    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        try {
            return new FlowOutcome(
                    Outcome.DONE,
                    new MigrationCheckFlow(request, site.progress()).run().toMap(),
                    "");
        } catch (DeployFirstException e) {
            return new FlowOutcome(e.outcome(), Map.of(), e.getMessage());
        }
    }
}

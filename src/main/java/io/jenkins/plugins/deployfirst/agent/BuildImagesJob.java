package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.build.BuildImagesFlow;
import io.jenkins.plugins.deployfirst.engine.build.BuildImagesRequest;
import java.util.Map;

/** Images to build in a workspace. */
record BuildImagesJob(BuildImagesRequest request) implements Job {
    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        try {
            return new FlowOutcome(
                    Outcome.DONE,
                    new BuildImagesFlow(request, site.progress()).run().toMap(),
                    "");
        } catch (DeployFirstException e) {
            return new FlowOutcome(e.outcome(), Map.of(), e.getMessage());
        }
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HealthGate;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.HttpProbe;
import java.util.List;

/** A health gate of one URL, which needs no environment. */
record GateJob(HttpCheck check, GateTiming timing) implements Job {
    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        try {
            return GateOutcome.of(
                    "url",
                    check.describe(),
                    new HealthGate().await(List.of(new HttpProbe(site.http(), check)), timing, site.progress()));
        } catch (DeployFirstException e) {
            return FlowOutcome.failed(check.describe(), e);
        }
    }
}

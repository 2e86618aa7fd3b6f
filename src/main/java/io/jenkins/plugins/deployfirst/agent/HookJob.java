package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HealthGate;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.HttpProbe;
import io.jenkins.plugins.deployfirst.engine.hook.DeployHook;
import io.jenkins.plugins.deployfirst.engine.hook.HookAnswer;
import io.jenkins.plugins.deployfirst.engine.hook.HookSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a deploy hook, and the wait until what it deploys answers.
 *
 * @param check what the new version answers; empty: nothing is waited for
 * @param timing how often and how long that is asked
 */
record HookJob(HookSettings hook, Optional<HttpCheck> check, GateTiming timing) implements Job {
    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            HookAnswer answer = new DeployHook(site.http()).call(hook, site.progress());
            map.put("status", answer.status());
            map.put("requests", answer.attempts());
            return check.isEmpty() ? new FlowOutcome(Outcome.DONE, map, "") : await(check.get(), map, site);
        } catch (DeployFirstException e) {
            return new FlowOutcome(e.outcome(), map, e.getMessage());
        }
    }

    private FlowOutcome await(HttpCheck asked, Map<String, Object> map, JobSite site) throws InterruptedException {
        GateResult result = new HealthGate().await(List.of(new HttpProbe(site.http(), asked)), timing, site.progress());
        FlowOutcome gate = GateOutcome.of("url", asked.describe(), result);
        map.putAll(gate.map());
        return result.healthy()
                ? new FlowOutcome(Outcome.DONE, map, "")
                : new FlowOutcome(
                        Outcome.PERSON_NEEDED,
                        map,
                        "The deploy hook took it, but the new version does not answer: " + gate.error());
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Finding;
import io.jenkins.plugins.deployfirst.engine.host.UnknownHostKeyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A look whether a host has all that an environment needs. */
record InspectJob(Environment environment) implements Job {
    /** The key of the findings in the result. */
    static final String FINDINGS = "findings";

    /** The key of the line of known_hosts that would make an unknown host known. */
    static final String KNOWN_HOSTS_LINE = "knownHostsLine";

    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        try {
            List<Finding> findings = HostInspection.of(KnownHostsFile.onThisMachine(environment));
            return new FlowOutcome(
                    Outcome.DONE,
                    Map.of(FINDINGS, findings.stream().map(InspectJob::map).toList()),
                    "");
        } catch (UnknownHostKeyException e) {
            return new FlowOutcome(e.outcome(), Map.of(KNOWN_HOSTS_LINE, e.knownHostsLine()), e.getMessage());
        } catch (DeployFirstException e) {
            return new FlowOutcome(e.outcome(), Map.of(), e.getMessage());
        }
    }

    private static Map<String, Object> map(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("subject", finding.subject().name());
        map.put("ok", finding.ok());
        map.put("text", finding.text());
        map.put("remedy", finding.remedy());
        return map;
    }

    /** Names it without any secret: the environment's settings hold some. */
    @Override
    public String toString() {
        return "Inspection of " + environment.name();
    }
}

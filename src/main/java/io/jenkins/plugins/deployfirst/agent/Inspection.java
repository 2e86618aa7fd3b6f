package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Finding;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a look at an environment's host found.
 *
 * @param findings in the order in which they were looked at; empty when the host could not be reached
 * @param error why it could not, with the remedy; empty when it could
 * @param knownHostsLine the line of known_hosts that would make an unknown host known; empty when that is not the problem
 */
public record Inspection(List<Finding> findings, String error, String knownHostsLine) {
    public Inspection {
        findings = List.copyOf(findings);
    }

    static Inspection of(FlowOutcome outcome) {
        Map<String, Object> map = outcome.map();
        List<Finding> findings = new ArrayList<>();
        if (map.get(InspectJob.FINDINGS) instanceof List<?> list) {
            list.forEach(found -> findings.add(finding((Map<?, ?>) found)));
        }
        Object line = map.getOrDefault(InspectJob.KNOWN_HOSTS_LINE, "");
        return new Inspection(findings, outcome.error(), String.valueOf(line));
    }

    private static Finding finding(Map<?, ?> map) {
        return new Finding(
                Subject.valueOf(String.valueOf(map.get("subject"))),
                Boolean.TRUE.equals(map.get("ok")),
                String.valueOf(map.get("text")),
                String.valueOf(map.get("remedy")));
    }
}

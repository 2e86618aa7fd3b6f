package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.command.Probes;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;
import java.util.List;

/** Looks on the host whether containers have logged a line that they must not; one that is there stays there. */
public final class LogProbe implements Probe {
    private static final int SHOWN = 200;

    private final HostShell shell;
    private final String project;
    private final LogCheck check;
    private final String since;

    /**
     * Creates a probe.
     *
     * @param project the compose project's name
     * @param since lines before this time do not count, as Docker writes it; empty: those before a container's last start
     */
    public LogProbe(HostShell shell, String project, LogCheck check, String since) {
        this.shell = shell;
        this.project = project;
        this.check = check;
        this.since = since;
    }

    @Override
    public ProbeResult probe(Duration timeout) throws InterruptedException {
        ScriptResult result =
                shell.run("health", Probes.logs(project, check.services(), since, check.absent()), timeout);
        if (result.exitStatus() == HostShell.DEADLINE_PASSED) {
            return new ProbeResult(false, "", "the logs were not read within " + DurationText.format(timeout));
        }
        if (!result.succeeded()) {
            return new ProbeResult(false, "", "the logs cannot be read: " + OneLine.of(result.tail(), SHOWN));
        }
        List<String> found = result.value(Probes.FOUND).lines().toList();
        if (!found.isEmpty()) {
            String message = OneLine.of(found.get(0), SHOWN) + (found.size() == 1 ? "" : " (and other services)");
            return new ProbeResult(false, "found", message, true);
        }
        List<String> unread = result.value(Probes.UNREAD).lines().toList();
        return unread.isEmpty()
                ? new ProbeResult(true, "absent", "")
                : new ProbeResult(false, "", "no log can be read of " + String.join(", ", unread));
    }

    @Override
    public String describe() {
        return "logs" + (check.services().isEmpty() ? "" : " of " + String.join(", ", check.services()));
    }
}

package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.command.Probes;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;

/** Runs a command line on the host, which must exit 0. */
public final class CommandProbe implements Probe {
    private static final int SHOWN = 160;

    private final HostShell shell;
    private final String directory;
    private final String commandLine;

    /**
     * Creates a probe.
     *
     * @param directory where the command runs, absolute
     * @param commandLine POSIX shell
     */
    public CommandProbe(HostShell shell, String directory, String commandLine) {
        this.shell = shell;
        this.directory = directory;
        this.commandLine = commandLine;
    }

    @Override
    public ProbeResult probe(Duration timeout) throws InterruptedException {
        ScriptResult result = shell.run("health", Probes.command(directory, commandLine), timeout);
        if (result.exitStatus() == HostShell.DEADLINE_PASSED) {
            return new ProbeResult(false, "", "the command did not end within " + DurationText.format(timeout));
        }
        if (!result.succeeded()) {
            return new ProbeResult(false, "", "the command could not be started" + printed(result.tail()));
        }
        String status = result.value(Probes.STATUS);
        return status.equals("0")
                ? new ProbeResult(true, status, "")
                : new ProbeResult(
                        false,
                        status,
                        "exit status " + status + " instead of 0" + printed(result.value(Probes.OUTPUT)));
    }

    /** Names it without the command line, which may hold a password. */
    @Override
    public String describe() {
        return "health command";
    }

    private static String printed(String output) {
        return output.isBlank() ? "" : "; it printed: " + OneLine.of(output, SHOWN);
    }
}

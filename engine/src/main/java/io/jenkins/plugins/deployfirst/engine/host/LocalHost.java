package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.IOException;
import java.util.Map;

/** The machine that the engine itself runs on: the same shell as on a remote host, without SSH. */
public final class LocalHost implements Host {
    private final Map<String, String> variables;

    public LocalHost() {
        this(Map.of());
    }

    /** Creates one whose commands find these environment variables besides the engine's own. */
    public LocalHost(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public HostShell open(Progress progress) {
        try {
            // A session of its own: Ctrl-C on the terminal reaches the engine, and the engine ends the script in order.
            ProcessBuilder shell =
                    new ProcessBuilder("setsid", "sh", "-c", ShellProtocol.bootstrap()).redirectErrorStream(true);
            shell.environment().putAll(variables);
            Process process = shell.start();
            return new StreamShell(
                    new HostSettings.Local(variables),
                    process.getInputStream(),
                    process.getOutputStream(),
                    () -> {},
                    () -> !process.isAlive(),
                    Timing.DEFAULT,
                    progress);
        } catch (IOException e) {
            throw new DeployFirstException(
                    Outcome.FAILED_UNCHANGED,
                    "host: cannot start a shell on this machine: " + e.getMessage() + ".",
                    "host: local needs sh and setsid (package util-linux); on other systems use a host over SSH.",
                    e);
        }
    }

    @Override
    public String describe() {
        return "local";
    }
}

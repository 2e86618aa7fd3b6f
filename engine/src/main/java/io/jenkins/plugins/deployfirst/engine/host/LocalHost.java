package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.IOException;

/** The machine that the engine itself runs on: the same shell as on a remote host, without SSH. */
public final class LocalHost implements Host {
    @Override
    public HostShell open(Progress progress) {
        try {
            // A session of its own: Ctrl-C on the terminal reaches the engine, and the engine ends the script in order.
            Process process = new ProcessBuilder("setsid", "sh", "-c", ShellProtocol.bootstrap())
                    .redirectErrorStream(true)
                    .start();
            return new StreamShell(
                    describe(),
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

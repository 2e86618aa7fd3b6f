package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.Progress;

/** Where an environment's commands run; opens the one shell that a flow runs everything in. */
public interface Host {
    /**
     * Connects and starts a shell.
     *
     * @param progress hears every line that commands print
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException when the host cannot be reached, its key is not
     *     known, or it refuses the login
     * @throws InterruptedException when the flow is aborted
     */
    HostShell open(Progress progress) throws InterruptedException;

    /** Names the host for people. */
    String describe();

    /** Returns the host that the settings describe. */
    static Host of(HostSettings settings) {
        if (settings instanceof HostSettings.Ssh ssh) {
            return new SshHost(ssh);
        }
        if (settings instanceof HostSettings.Local local) {
            return new LocalHost(local.docker());
        }
        throw new IllegalArgumentException("no host for " + settings.describe());
    }
}

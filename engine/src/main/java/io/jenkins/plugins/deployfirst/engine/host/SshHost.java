package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.Progress;

/** A host over SSH: one connection, one shell, for the whole of a flow. */
public final class SshHost implements Host {
    private final HostSettings.Ssh settings;
    private final Timing timing;

    public SshHost(HostSettings.Ssh settings) {
        this(settings, Timing.DEFAULT);
    }

    SshHost(HostSettings.Ssh settings, Timing timing) {
        this.settings = settings;
        this.timing = timing;
    }

    @Override
    public HostShell open(Progress progress) throws InterruptedException {
        return SshConnection.open(settings, timing, progress);
    }

    @Override
    public String describe() {
        return settings.describe();
    }
}

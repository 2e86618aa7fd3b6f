package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Finds the way to the host again that the deployment took. */
final class WatchNode {
    private WatchNode() {}

    /**
     * Returns the channel of the agent that deployed; null for the controller, which also takes over from an agent that
     * exists no more, and for an environment that has agents of its own.
     *
     * @param name of the node; null or empty: the controller
     * @throws AbortException when the host is a machine that exists no more
     * @throws IOException when the agent is away for now
     */
    @CheckForNull
    static VirtualChannel channel(@CheckForNull String name, ResolvedEnvironment environment) throws IOException {
        // With via, the environment's own agents connect.
        if (Util.fixEmpty(name) == null || environment.via().isPresent()) {
            return null;
        }
        Computer computer = Jenkins.get().getComputer(name);
        if (computer == null) {
            if (environment.environment().host() instanceof HostSettings.Local) {
                throw new AbortException("The agent " + name + ", which is the host of "
                        + environment.environment().name() + ", exists no more. Look at what runs there.");
            }
            return null;
        }
        VirtualChannel channel = computer.getChannel();
        if (channel == null) {
            throw new IOException("The agent " + name + " is offline.");
        }
        return channel;
    }
}

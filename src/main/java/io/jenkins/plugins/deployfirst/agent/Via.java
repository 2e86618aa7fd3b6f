package io.jenkins.plugins.deployfirst.agent;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * The agents that open the connection to a host which the controller cannot reach. They do so over their channels, and no
 * executor is taken.
 *
 * @param label a label or an expression of labels
 * @param user as whom the job's builds run, who must be allowed to build on the agent
 */
public record Via(String label, Authentication user) {
    /**
     * Returns the agent that is the least busy of those that are online.
     *
     * @throws NoAgentException when there is none now; one may come later
     */
    Computer agent() throws NoAgentException {
        List<Node> allowed = nodes().stream().filter(this::isAllowed).toList();
        return allowed.stream()
                .map(Node::toComputer)
                .filter(computer -> computer != null && computer.isOnline() && computer.getChannel() != null)
                .min(Comparator.comparingInt(Computer::countBusy).thenComparing(Computer::getName))
                .orElseThrow(() -> new NoAgentException(absence(allowed)));
    }

    private List<Node> nodes() {
        Label nodes = Jenkins.get().getLabel(label);
        return nodes == null ? List.of() : List.copyOf(nodes.getNodes());
    }

    private boolean isAllowed(Node node) {
        return node.getACL().hasPermission2(user, Computer.BUILD);
    }

    private String absence(List<Node> allowed) {
        if (!allowed.isEmpty()) {
            return "via: no agent with the label \"" + label + "\" is online ("
                    + allowed.stream().map(Node::getDisplayName).sorted().collect(Collectors.joining(", "))
                    + "). Bring one online.";
        }
        return nodes().isEmpty()
                ? "via: no agent has the label \"" + label + "\". Correct the label, or give it to an agent."
                : "via: " + user.getName() + ", as whom the job runs, may build on no agent with the label \"" + label
                        + "\". Grant Agent/Build there, or name another label.";
    }

    /** Returns what leads to the agent. */
    static VirtualChannel channel(Computer agent) throws NoAgentException {
        VirtualChannel channel = agent.getChannel();
        if (channel == null) {
            throw new NoAgentException("via: the agent " + agent.getDisplayName() + " went offline.");
        }
        return channel;
    }

    /** Says that no agent is there to open a connection; nothing was connected to. */
    public static final class NoAgentException extends IOException {
        private static final long serialVersionUID = 1L;

        NoAgentException(String message) {
            super(message);
        }
    }
}

package io.jenkins.plugins.deployfirst.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;

/** An agent in a process of its own, with a home of its own: only its user knows the keys of hosts that are listed there. */
public final class OutsideAgent {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final AtomicInteger AGENTS = new AtomicInteger();

    private final JenkinsRule jenkins;
    private final InboundAgentExtension agents;
    private final InboundAgentExtension.Options options;

    /** Jenkins remembers for a while that an agent was removed, and would end the builds of the next one of that name. */
    private final String name = "agent-" + AGENTS.incrementAndGet();

    /**
     * Prepares one that does not run.
     *
     * @param label by which it is chosen
     * @param home of its user
     */
    public OutsideAgent(JenkinsRule jenkins, InboundAgentExtension agents, String label, Path home) {
        this.jenkins = jenkins;
        this.agents = agents;
        this.options = InboundAgentExtension.Options.newBuilder()
                .name(name)
                .label(label)
                .javaOptions("-Duser.home=" + home)
                .build();
    }

    /** Lets the user of a home know the key of a host. */
    public static void know(Path home, JenkinsHost host) {
        Tool.write(home.resolve(".ssh").resolve("known_hosts"), host.server.knownHosts(host.server.port()) + "\n");
    }

    public String name() {
        return name;
    }

    /** Makes it known to Jenkins and starts it. */
    public OutsideAgent create() throws Exception {
        agents.createAgent(jenkins, options);
        awaitGreetings();
        return this;
    }

    /** Starts it again. */
    public void start() throws Exception {
        agents.start(jenkins, options);
        awaitGreetings();
    }

    /**
     * Jenkins calls an agent online before its plugins have greeted it; the end of an agent that dies meanwhile is not
     * noticed for minutes.
     */
    private void awaitGreetings() {
        Computer computer = jenkins.jenkins.getComputer(name);
        Awaitility.await()
                .atMost(LONGEST)
                .untilAsserted(() -> assertThat(computer.getLog()).contains("Agent successfully connected and online"));
    }

    /** Ends its process, as when its machine goes down. */
    public void stop() throws InterruptedException {
        agents.stop(jenkins, name);
    }

    /** Ends it for good. */
    public void remove() throws Exception {
        stop();
        jenkins.jenkins.removeNode(jenkins.jenkins.getNode(name));
    }
}

package io.jenkins.plugins.deployfirst.agent;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.JenkinsCiDefinition;
import io.jenkins.plugins.deployfirst.config.SshHostDefinition;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OutsideAgent;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;

/**
 * Steps inside {@code node}, on an agent in a process of its own. Only the agent's user knows the host's key, so that
 * whatever reaches the host has come from there.
 */
class AgentStepsTest extends OnJenkinsHost {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private OutsideAgent outside;
    private String agent;

    @BeforeAll
    static void letTheAgentsUserKnowTheHost() throws Exception {
        OutsideAgent.know(home(), host);
    }

    @BeforeEach
    void addAgent() throws Exception {
        host.configure(AgentStepsTest::withoutKnownHosts);
        outside = new OutsideAgent(jenkins, agents, "outside", home()).create();
        agent = outside.name();
    }

    @AfterEach
    void removeAgent() throws Exception {
        outside.remove();
    }

    private static Path home() {
        return root.resolve("agents-home");
    }

    private static void withoutKnownHosts(EnvironmentDefinition environment) {
        ((SshHostDefinition) environment.getHost()).setKnownHosts("");
    }

    @Test
    void insideNodeTheAgentConnectsAndTheControllerReadsCi() throws Exception {
        String sha = host.stack.release("from the agent");
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.declarative("{ label '" + agent + "' }", """
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                healthGate url: '%s', contains: 'from the agent'
                script { echo "live ${environmentStatus(environment: 'preprod').live}" }
                """.formatted(sha, host.stack.url()));

        assertThat(log(Result.SUCCESS, build)).contains("live " + sha).contains("✓ restart");
        assertThat(host.validated()).isEqualTo(sha);
        // The same outside: the controller's user does not know the host.
        assertThat(log(Result.FAILURE, pipelines.run("environmentStatus environment: 'preprod'")))
                .contains("ERROR: preprod: ")
                .contains("the host key is not known");
    }

    @Test
    void theAgentsOwnMachineMayBeTheHost() throws Exception {
        String sha = host.stack.release("on the agent");

        WorkflowRun build =
                pipelines.run("""
                node('%s') {
                    def here = [
                        name: 'here',
                        host: local(),
                        directory: '%s',
                        compose: [files: ['docker-compose.yml'], project: '%s'],
                        health: [url: '%s', contains: 'on the agent', startPeriod: '2s']]
                    deployPreprodFirst definition: here, sha: '%s'
                }
                """.formatted(agent, host.stack.checkout(), host.stack.project(), host.stack.url(), sha));

        log(Result.SUCCESS, build);
        assertThat(host.stack.live()).isEqualTo(sha);
    }

    @Test
    void anAbortEndsTheCommandOnTheHost() throws Exception {
        String sha = host.stack.release("aborted on the agent");
        host.configure(environment -> {
            withoutKnownHosts(environment);
            JenkinsHost.migrateSlowly(environment);
        });
        WorkflowRun build = pipelines.start(deploy(sha));
        // What the host prints is in the log while the command is running.
        Pipelines.await("| " + MIGRATING, build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        await().atMost(MINUTE).until(() -> host.stack.isFree() && !host.isMigrating());
        host.configure(AgentStepsTest::withoutKnownHosts);
        assertThat(log(Result.SUCCESS, pipelines.run(deploy(sha)))).contains("The last run died half way");
    }

    @Test
    void anAgentThatIsLostWhileDeployingIsToldInOneLine() throws Exception {
        String sha = host.stack.release("half way");
        host.configure(environment -> {
            withoutKnownHosts(environment);
            JenkinsHost.migrateSlowly(environment);
        });
        WorkflowRun build = pipelines.start(deploy(sha));
        Pipelines.await("| " + MIGRATING, build);

        outside.stop();

        assertThat(lines(log(Result.FAILURE, Pipelines.end(build)), "ERROR: "))
                .singleElement()
                .asString()
                .startsWith("ERROR: The connection to the agent was lost (")
                .endsWith("preprod may be changed half way. Run the step again as soon as an agent is there:"
                        + " it goes on from where it was.");
        // Nobody tells the command on the host: it goes on to its end, and then nobody holds the lock.
        assertThat(host.stack.isFree()).isFalse();
        host.endMigration();
        await().atMost(MINUTE).until(host.stack::isFree);
    }

    @Test
    void aWatchWaitsForAnAgentThatIsAwayBecauseARollbackMustNotBeLost() throws Exception {
        String sha = host.stack.release("taken back later");
        host.gitHub.pending(sha, "build");
        WorkflowRun build = pipelines.start("node('" + agent + "') { deployPreprodFirst environment: 'preprod', sha: '"
                + sha + "'\n watchCiAndRollback environment: 'preprod' }");
        Pipelines.await("CI: 0 of 1 checks done", build);

        outside.stop();
        host.gitHub.failed(sha, "build");

        Pipelines.await("The agent " + agent + " is offline. Trying again in 5 s.", build);
        assertThat(host.stack.live()).isEqualTo(sha);
        outside.start();
        assertThat(log(Result.FAILURE, Pipelines.end(build))).contains("was taken back to ");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    /** The builds of this Jenkins are the plainest example: no agent can read them. */
    @Test
    void whatOnlyTheControllerCanReadOfCiServesFlowsOnAnAgentToo() throws Exception {
        host.configure(environment -> {
            withoutKnownHosts(environment);
            JenkinsCiDefinition ci = new JenkinsCiDefinition("shop-ci");
            ci.setInitialDelay("0");
            ci.setInterval("200ms");
            environment.setCi(ci);
        });
        String sha = host.stack.release("mended by a rerun");
        FreeStyleProject ci = jenkins.createFreeStyleProject("shop-ci");
        ci.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHA", sha)));
        ci.getBuildersList().add(new FailureBuilder());
        jenkins.buildAndAssertStatus(Result.FAILURE, ci);

        String failed = log(
                Result.FAILURE,
                pipelines.run("node('" + agent + "') { deployPreprodFirst environment: 'preprod', sha: '" + sha
                        + "'\n watchCiAndRollback environment: 'preprod' }"));
        String refused = log(Result.FAILURE, pipelines.run(deploy(sha)));
        ci.getBuildersList().clear();
        jenkins.buildAndAssertSuccess(ci);
        WorkflowRun rerun = pipelines.run(deploy(sha));

        assertThat(failed)
                .contains("was taken back to ")
                .contains("CI: shop-ci: the end of its log:")
                .contains("Simulating a specific result code FAILURE");
        assertThat(refused).contains("was rolled back on preprod at ");
        log(Result.SUCCESS, rerun);
        assertThat(host.stack.live()).isEqualTo(sha);
        ci.delete();
    }

    private String deploy(String sha) {
        return "node('" + agent + "') { deployPreprodFirst environment: 'preprod', sha: '" + sha + "' }";
    }
}

package io.jenkins.plugins.deployfirst.agent;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hudson.model.Computer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import hudson.model.User;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.SshHostDefinition;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Finding;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Builders;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OutsideAgent;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.watch.WatchAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.springframework.security.core.Authentication;

/**
 * Environments with {@code via}, whose host an agent reaches and the controller does not: only the agent's user knows the
 * host's key, so that whatever reaches the host has come from there.
 */
class ViaTest extends OnJenkinsHost {
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private OutsideAgent outside;

    @BeforeAll
    static void letTheAgentsUserKnowTheHost() throws Exception {
        OutsideAgent.know(home(), host);
    }

    @BeforeEach
    void addAgent() throws Exception {
        host.configure(ViaTest::viaAgent);
        outside = new OutsideAgent(jenkins, agents, "dmz", home()).create();
    }

    @AfterEach
    void removeAgent() throws Exception {
        outside.remove();
    }

    private static Path home() {
        return root.resolve("agents-home");
    }

    private static void viaAgent(EnvironmentDefinition environment) {
        ((SshHostDefinition) environment.getHost()).setKnownHosts("");
        environment.setVia("dmz && !elsewhere");
    }

    @Test
    void aStepOutsideNodeConnectsFromTheAgentAndTakesNoExecutor() throws Exception {
        String sha = host.stack.release("from the agent");
        host.gitHub.succeeded(sha, "build");
        node().setNumExecutors(0);

        WorkflowRun build = pipelines.declarative("none", """
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                healthGate environment: 'preprod'
                script { echo "live ${environmentStatus(environment: 'preprod').live}" }
                withLastValidatedSha(environment: 'preprod') { echo 'asked' }
                """.formatted(sha));

        assertThat(lines(log(Result.SUCCESS, build), "Connecting from the agent " + outside.name() + " (via dmz"))
                .hasSize(6);
        assertThat(JenkinsRule.getLog(build)).contains("live " + sha).contains("✓ restart");
        assertThat(host.validated()).isEqualTo(sha);
    }

    @Test
    void insideNodeTheAgentOfViaConnectsAllTheSame() throws Exception {
        String sha = host.stack.release("from the agent");

        WorkflowRun build = pipelines.run("node('built-in') { " + deploy(sha) + " }");

        assertThat(log(Result.SUCCESS, build)).contains("Connecting from the agent " + outside.name());
        assertThat(host.stack.live()).isEqualTo(sha);
    }

    @Test
    void aStepSaysWhenNoAgentIsOnlineAndNothingIsChanged() throws Exception {
        outside.stop();
        String offline = log(Result.FAILURE, pipelines.run(deploy(host.stack.release("not now"))));
        host.configure(environment -> environment.setVia("nowhere"));
        String missing = log(Result.FAILURE, pipelines.run(deploy(host.stack.release("never"))));

        assertThat(lines(offline, "ERROR: "))
                .containsExactly("ERROR: preprod: via: no agent with the label \"dmz && !elsewhere\" is online ("
                        + outside.name() + "). Bring one online.");
        assertThat(lines(missing, "ERROR: "))
                .containsExactly(
                        "ERROR: preprod: via: no agent has the label \"nowhere\". Correct the label, or give it"
                                + " to an agent.");
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(host.journal()).isEmpty();
    }

    @Test
    void aJobThatRunsAsSomebodyWhoMayNotBuildOnTheAgentDoesNotConnectFromThere() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder", "outsider")
                .grant(Computer.BUILD)
                .everywhere()
                .to("builder"));
        try {
            assertThat(new Via("dmz", user("builder")).agent().getName()).isEqualTo(outside.name());
            assertThat(catchThrowable(() -> new Via("dmz", user("outsider")).agent()))
                    .isInstanceOf(Via.NoAgentException.class)
                    .hasMessageContaining("via: outsider, as whom the job runs, may build on no agent with the label");
        } finally {
            jenkins.jenkins.disableSecurity();
        }
    }

    @Test
    void aWatchWaitsForTheAgentAndThenTakesTheHostBack() throws Exception {
        String sha = host.stack.release("taken back later");
        host.gitHub.pending(sha, "build");
        WorkflowRun build = pipelines.start(deploy(sha) + "\nwatchCiAndRollback environment: 'preprod'");
        Pipelines.await("CI: 0 of 1 checks done", build);

        outside.stop();
        host.gitHub.failed(sha, "build");

        Pipelines.await("Bring one online. Trying again in 5 s.", build);
        assertThat(host.stack.live()).isEqualTo(sha);
        outside.start();
        assertThat(log(Result.FAILURE, Pipelines.end(build))).contains("was taken back to ");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aWatchInTheBackgroundWaitsForTheAgentToo() throws Exception {
        String sha = host.stack.release("taken back later");
        host.gitHub.pending(sha, "build");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(jenkins.jenkins);
        job.getBuildersList().add(Builders.deploy(JenkinsHost.NAME, sha));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        outside.stop();
        host.gitHub.failed(sha, "build");
        await().atMost(LONG).until(() -> logOfWatch(build).contains("Bring one online. Trying again in 5 s."));
        assertThat(host.stack.live()).isEqualTo(sha);
        outside.start();

        await().atMost(LONG).until(() -> !build.getAction(WatchAction.class).isRunning());
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void aPromotionReadsTheSourceByItsAgentAndChangesTheTargetByItsOwn() throws Exception {
        String withoutPort = host.stack.composeFile("").replaceAll("(?m)^ *ports:.*$", "");
        String sha = host.stack.commit("Add production", Map.of("production.yml", withoutPort));
        host.gitHub.succeeded(sha, "build");
        log(Result.SUCCESS, pipelines.run(deploy(sha) + "\nwatchCiAndRollback environment: 'preprod'"));
        Path target = root.resolve("prod-" + sha);
        Tool.run(root, "git", "clone", "-q", host.stack.checkout().toString(), target.toString());
        Tool.run(target, "git", "reset", "-q", "--hard", host.stack.first());
        EnvironmentDefinition prod = host.definition("prod");
        EnvironmentDefinition direct = new EnvironmentDefinition("prod", prod.getHost(), target.toString());
        direct.setStateFile(root.resolve("prod-state-" + sha + "/sha.txt").toString());
        direct.setCompose(prod.getCompose());
        direct.getCompose().setFiles(List.of("production.yml"));
        direct.getCompose().setProject(host.stack.project() + "-prod");
        EnvironmentDefinition source =
                DeployFirstConfiguration.get().getEnvironments().get(0);
        DeployFirstConfiguration.get().setEnvironments(List.of(source, direct));

        WorkflowRun build = pipelines.run("promoteToProd from: 'preprod', to: 'prod', confirm: 'DEPLOY'");
        host.host("docker rm -f $(docker ps -aq --filter label=com.docker.compose.project=" + host.stack.project()
                + "-prod) && docker network rm " + host.stack.project() + "-prod_default");

        assertThat(lines(log(Result.SUCCESS, build), "Connecting from the agent "))
                .hasSize(1);
        assertThat(Tool.run(target, "git", "rev-parse", "HEAD")).isEqualTo(sha);
    }

    @Test
    void theHostIsInspectedFromTheAgent() throws Exception {
        Run<?, ?> build = pipelines.run("echo 'any'");

        Inspection inspection = FlowRunner.inspect(host.definition("any").resolve(build));
        host.configure(environment -> {
            viaAgent(environment);
            environment.setVia(null);
        });
        EnvironmentDefinition saved =
                DeployFirstConfiguration.get().getEnvironments().get(0);
        Inspection direct = FlowRunner.inspect(saved.resolve(build));
        saved.setVia("dmz");
        Inspection via = FlowRunner.inspect(saved.resolve(build));

        assertThat(inspection.findings()).isNotEmpty().allMatch(Finding::ok);
        assertThat(direct.error()).contains("the host key is not known");
        assertThat(direct.knownHostsLine()).isEqualTo(host.server.knownHosts(host.server.port()));
        assertThat(via.error()).isEmpty();
        assertThat(via.findings()).isEqualTo(inspection.findings());
    }

    private static Authentication user(String name) {
        return User.getById(name, true).impersonate2();
    }

    private Slave node() {
        return (Slave) jenkins.jenkins.getNode(outside.name());
    }

    private static String deploy(String sha) {
        return "deployPreprodFirst environment: 'preprod', sha: '" + sha + "'";
    }

    private static String logOfWatch(FreeStyleBuild build) {
        return Tool.read(build.getRootDir().toPath().resolve("deploy-first-watch-1.log"));
    }
}

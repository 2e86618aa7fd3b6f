package io.jenkins.plugins.deployfirst.builder;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import hudson.tasks.Shell;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.action.PhaseRecord;
import io.jenkins.plugins.deployfirst.steps.ComposeDeployStep;
import io.jenkins.plugins.deployfirst.steps.DeployPreprodFirstStep;
import io.jenkins.plugins.deployfirst.steps.HealthGateStep;
import io.jenkins.plugins.deployfirst.testing.Builders;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.watch.WatchAction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** Freestyle jobs that deploy to a real host. */
class FreestyleOnRealHostTest extends OnJenkinsHost {
    private static final Duration LONG = Duration.ofMinutes(1);

    private FreeStyleProject job;

    @BeforeEach
    void aJob() throws Exception {
        job = jenkins.createFreeStyleProject();
    }

    @Test
    void aCommitIsLiveWhenTheBuildEndsAndValidatedWhenItsCiHasSucceeded() throws Exception {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
        job.getBuildersList().add(deploy("${SHA}"));

        FreeStyleBuild build = build(Result.SUCCESS, "SHA", sha);

        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(host.validated()).isEmpty();
        assertThat(watch(build).isRunning()).isTrue();
        assertThat(page(build)).contains("The CI of " + sha.substring(0, 7) + " on preprod is being watched");
        assertThat(JenkinsRule.getLog(build)).contains("CI is watched in the background.", "✓ restart");

        host.gitHub.succeeded(sha, "build");
        awaitEnd(build);

        assertThat(host.validated()).isEqualTo(sha);
        assertThat(records(build))
                .extracting(DeploymentRecord::getHeadline)
                .containsExactly(
                        "preprod: " + sha.substring(0, 7) + " is live",
                        "preprod: " + sha.substring(0, 7) + " is validated, CI succeeded");
        assertThat(build.getResult()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void theHostIsTakenBackWhenCiFailsAfterTheBuildHasEndedAndTheBuildShowsIt() throws Exception {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "unit tests");
        job.getBuildersList().add(deploy(null));
        job.setAssignedNode(jenkins.createOnlineSlave());

        FreeStyleBuild build = build(Result.SUCCESS, "GIT_COMMIT", sha);
        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        host.gitHub.failed(sha, "unit tests");
        awaitEnd(build);

        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        String first = host.stack.first().substring(0, 7);
        assertThat(page(build))
                .contains("preprod: CI failed for " + sha.substring(0, 7) + ", taken back to " + first)
                .contains("CI failed: unit tests (failure).")
                .contains("was watched in the background");
        assertThat(text(build.getUrl() + watch(build).getUrlName()))
                .contains("Watching the checks of " + sha.substring(0, 7))
                .contains("unit tests")
                .contains("✓ restart");
        assertThat(text(job.getUrl())).contains("preprod").contains(first);
    }

    @Test
    void aRollbackWaitsForTheAgentThatDeployed() throws Exception {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
        job.getBuildersList().add(deploy(sha));
        DumbSlave agent = jenkins.createOnlineSlave();
        job.setAssignedNode(agent);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.disconnectSlave(agent);

        host.gitHub.failed(sha, "build");
        await().atMost(LONG)
                .until(() -> logOfWatch(build).contains("The agent " + agent.getNodeName() + " is offline."));
        assertThat(host.stack.live()).isEqualTo(sha);
        assertThat(watch(build).isRunning()).isTrue();
        agent.toComputer().connect(true).get();
        awaitEnd(build);

        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(records(build)).extracting(DeploymentRecord::getOutcome).containsExactly("DONE", "ROLLED_BACK");
    }

    @Test
    void nothingIsWatchedWhenNobodyAsksForIt() throws Exception {
        String sha = host.stack.release("release 2");
        DeployPreprodFirstBuilder deploy = deploy(sha);
        deploy.setWatchCi(false);
        job.getBuildersList().add(deploy);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(host.stack.live()).isEqualTo(sha);
        assertThat(build.getAction(WatchAction.class)).isNull();
    }

    @Test
    void anEnvironmentWithoutCiIsDeployedToAndTheLogSaysThatNothingIsWatched() throws Exception {
        String sha = host.stack.release("release 2");
        host.configure(environment -> environment.setCi(null));
        job.getBuildersList().add(deploy(sha));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(host.stack.live()).isEqualTo(sha);
        jenkins.assertLogContains("CI is not watched: environment preprod names no CI server.", build);
        assertThat(build.getAction(WatchAction.class)).isNull();
    }

    @Test
    void aReleaseThatIsNotHealthyFailsTheBuildAndWhatComesAfterItIsNotRun() throws Exception {
        String sha = host.stack.commit("Break it", Map.of("index.html", "Oh no"));
        host.configure(environment -> {
            environment.getHealth().setStartPeriod("0");
            environment.getHealth().setAttempts(1);
        });
        job.getBuildersList().add(deploy(sha));
        job.getBuildersList().add(new Shell("echo and further"));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        jenkins.assertLogContains(sha.substring(0, 7) + " was taken back: not healthy", build);
        jenkins.assertLogNotContains("and further", build);
        assertThat(records(build)).extracting(DeploymentRecord::getOutcome).containsExactly("ROLLED_BACK");
        assertThat(build.getAction(WatchAction.class)).isNull();
    }

    @Test
    void composeDeployBringsTheContainersUp() throws Exception {
        ComposeDeployStep compose = new ComposeDeployStep();
        compose.setEnvironment("${TARGET}");
        compose.setSha("$SHA");
        compose.setServices(List.of("$SERVICE"));
        compose.setPull("missing");
        job.getBuildersList().add(new ComposeDeployBuilder(compose));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("TARGET", NAME),
                new StringParameterDefinition("SERVICE", "web"),
                new StringParameterDefinition("SHA", host.stack.release("release 2"))));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(records(build).get(0).getPhases())
                .extracting(PhaseRecord::getName)
                .contains("up")
                .doesNotContain("restart");
        assertThat(build.getAction(WatchAction.class)).isNull();
    }

    @Test
    void theHealthGateLetsAHealthyEnvironmentPassAndFailsTheBuildForAnother() throws Exception {
        HealthGateStep ofEnvironment = new HealthGateStep();
        ofEnvironment.setEnvironment("$WHERE");
        HealthGateStep ofUrl = new HealthGateStep();
        ofUrl.setUrl(host.stack.url() + "$PAGE");
        ofUrl.setContains("Welcome");
        ofUrl.setStartPeriod("0");
        ofUrl.setAttempts(2);
        ofUrl.setInterval("100ms");
        job.getBuildersList().add(new HealthGateBuilder(ofEnvironment));
        job.getBuildersList().add(new HealthGateBuilder(ofUrl));
        job.getBuildersList().add(new Shell("echo and further"));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("WHERE", NAME), new StringParameterDefinition("PAGE", "")));

        FreeStyleBuild healthy = jenkins.buildAndAssertSuccess(job);
        FreeStyleBuild unhealthy = job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("WHERE", NAME), new StringParameterValue("PAGE", "missing")))
                .get();

        jenkins.assertLogContains("and further", healthy);
        assertThat(records(healthy).get(0).getHeadline()).isEqualTo("preprod is healthy");
        jenkins.assertBuildStatus(Result.FAILURE, unhealthy);
        jenkins.assertLogContains(host.stack.url() + "missing", unhealthy);
        jenkins.assertLogContains("is not healthy: ", unhealthy);
        jenkins.assertLogNotContains("and further", unhealthy);
    }

    @Test
    void aBuildThatIsAbortedEndsTheCommandOnTheHost() throws Exception {
        String sha = host.stack.release("release 2");
        host.configure(JenkinsHost::migrateSlowly);
        job.getBuildersList().add(deploy(sha));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(JenkinsHost.MIGRATING, build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        await().atMost(LONG).until(() -> host.stack.isFree() && !host.isMigrating());
        assertThat(build.getAction(WatchAction.class)).isNull();
    }

    @Test
    void aJobThatMayNotUseTheEnvironmentIsRefusedBeforeAnythingIsConnectedTo() throws Exception {
        host.configure(environment -> environment.setJobs(List.of("team/**")));
        job.getBuildersList().add(deploy(host.stack.release("release 2")));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "ERROR: environment: " + job.getFullName() + " may not use \"preprod\", which is restricted", build);
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(host.journal()).isEmpty();
    }

    @Test
    void aVariableThatIsNotSetIsNotTakenForACommit() throws Exception {
        job.getBuildersList().add(deploy("$NOT_SET"));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("$NOT_SET", build);
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void anEnvironmentThatIsDefinedInTheBuildStepIsRefusedWithTheRemedy() throws Exception {
        DeployPreprodFirstStep inline = new DeployPreprodFirstStep();
        inline.setDefinition(host.definition("inline"));
        inline.setSha(host.stack.release("release 2"));
        job.getBuildersList().add(new DeployPreprodFirstBuilder(inline));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("ERROR: definition: a build step names its environment. Define that in ", build);
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    private static DeployPreprodFirstBuilder deploy(String sha) {
        return Builders.deploy(NAME, sha);
    }

    /** Builds with a variable set. */
    private FreeStyleBuild build(Result result, String variable, String value) throws Exception {
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition(variable, value)));
        return jenkins.buildAndAssertStatus(result, job);
    }

    private static WatchAction watch(FreeStyleBuild build) {
        return build.getAction(WatchAction.class);
    }

    private static void awaitEnd(FreeStyleBuild build) {
        await().atMost(LONG).until(() -> !watch(build).isRunning());
    }

    private static List<DeploymentRecord> records(FreeStyleBuild build) {
        return build.getAction(DeploymentAction.class).getRecords();
    }

    private static String page(FreeStyleBuild build) throws Exception {
        return text(build.getUrl());
    }

    private static String text(String url) throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            return browser.goTo(url).asNormalizedText();
        }
    }

    private static String logOfWatch(FreeStyleBuild build) throws Exception {
        String url = build.getUrl() + watch(build).getUrlName() + "/logText/progressiveText";
        try (WebClient browser = jenkins.createWebClient()) {
            return browser.goTo(url, "text/plain").getWebResponse().getContentAsString();
        }
    }
}

package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.Definitions;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.DiscordNotifierDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.NotifierDefinition;
import io.jenkins.plugins.deployfirst.testing.DiscordChannel;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in sandboxed pipelines, and the channel that it writes to. */
@WithJenkins
class NotifyDeployTest {
    private static final String SHA = "0123456789012345678901234567890123456789";
    private static final DiscordChannel DISCORD = DiscordChannel.start();

    private static JenkinsRule jenkins;
    private static Pipelines pipelines;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        pipelines = new Pipelines(rule);
        Credentials.text("discord-webhook", DISCORD.webhook());
        Credentials.text("gone-webhook", DISCORD.webhook() + "-gone");
    }

    @AfterAll
    static void stop() {
        DISCORD.close();
    }

    @BeforeEach
    void startAnew() {
        DISCORD.startAnew();
        notify(new DiscordNotifierDefinition("discord-webhook"));
    }

    @Test
    void scriptedPipelinesTellWhatTheyLike() throws Exception {
        WorkflowRun build = pipelines.run("""
                def told = notifyDeploy environment: 'preprod', message: 'The *pages* load.', next: 'preprod -> prod', sha: '%s'
                echo "told ${told.environment} ${told.kind} ${told.sha}: ${told.sent} ${told.leftOut} ${told.failed} ${told.coalesced}"
                """.formatted(SHA));

        assertThat(log(Result.SUCCESS, build))
                .contains("told preprod DEPLOYED " + SHA + ": 1 0 0 false")
                .contains("Discord was told.");
        assertThat(DISCORD.messages())
                .singleElement()
                .asString()
                .contains("preprod\\\\: deployed", "The \\\\*pages\\\\* load.", "preprod \\\\-\\\\> prod", "0123456")
                .contains(jenkins.getURL() + build.getUrl());
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .doesNotContain(DiscordChannel.SECRET);
    }

    @Test
    void declarativePipelinesTellFromAnAgentAboutTheCommitThatWasCheckedOut() throws Exception {
        jenkins.createOnlineSlave(Label.get("teller"));

        WorkflowRun build = pipelines.declarative(
                "{ label 'teller' }",
                "withEnv(['GIT_COMMIT=" + SHA + "']) { notifyDeploy environment: 'preprod', kind: 'validated',"
                        + " message: 'Checked by hand.' }");

        assertThat(log(Result.SUCCESS, build)).contains("Running on ").contains("Discord was told.");
        assertThat(DISCORD.messages())
                .singleElement()
                .asString()
                .contains("preprod\\\\: validated", "Checked by hand.", "0123456");
    }

    @Test
    void whatAPolicyLeavesOutIsCountedAndNotSent() throws Exception {
        DiscordNotifierDefinition failures = new DiscordNotifierDefinition("discord-webhook");
        failures.setPolicy("failures");
        DiscordNotifierDefinition down = new DiscordNotifierDefinition("discord-webhook");
        down.setPolicy("down");
        notify(new DiscordNotifierDefinition("discord-webhook"), failures, down);

        WorkflowRun build = pipelines.run("""
                for (kind in ['started', 'FAILED', 'up', 'no_verdict']) {
                    def told = notifyDeploy environment: 'preprod', message: 'Something', kind: kind
                    echo "${kind}: ${told.sent} sent, ${told.leftOut} left out"
                }
                """);

        assertThat(log(Result.SUCCESS, build))
                .contains("started: 1 sent, 2 left out")
                .contains("FAILED: 2 sent, 1 left out")
                .contains("up: 2 sent, 1 left out")
                .contains("no_verdict: 2 sent, 1 left out");
        assertThat(DISCORD.messages()).hasSize(7);
    }

    @Test
    void whatIsNotDeliveredIsAWarning() throws Exception {
        notify(new DiscordNotifierDefinition("gone-webhook"), new DiscordNotifierDefinition("discord-webhook"));

        WorkflowRun build = pipelines.run("""
                def told = notifyDeploy environment: 'preprod', message: 'Something'
                echo "${told.sent} sent, ${told.failed} failed"
                """);

        assertThat(log(Result.SUCCESS, build))
                .contains("1 sent, 1 failed")
                .contains("warning: A notification was not delivered: Discord refused it: HTTP 404.")
                .doesNotContain(DiscordChannel.SECRET);
    }

    @Test
    void aMonitorDoesNotRepeatItself() throws Exception {
        WorkflowJob monitor = jenkins.createProject(WorkflowJob.class);

        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced false");
        assertThat(log(Result.SUCCESS, build(monitor, "down")))
                .contains("coalesced true")
                .contains("preprod is down still, as has been told before; nobody is told again.");
        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced true");
        assertThat(log(Result.SUCCESS, build(monitor, "up"))).contains("coalesced false");
        assertThat(log(Result.SUCCESS, build(monitor, "up"))).contains("coalesced true");
        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced false");

        assertThat(DISCORD.messages())
                .satisfiesExactly(
                        message -> assertThat(message).contains("preprod\\\\: down"),
                        message -> assertThat(message).contains("preprod\\\\: up again"),
                        message -> assertThat(message).contains("preprod\\\\: down"));
    }

    @Test
    void aBuildThatSaidNothingEndsTheSilence() throws Exception {
        WorkflowJob monitor = jenkins.createProject(WorkflowJob.class);

        build(monitor, "down");
        monitor.setDefinition(new CpsFlowDefinition("echo 'all is well'", true));
        jenkins.buildAndAssertSuccess(monitor);

        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced false");
        assertThat(DISCORD.messages()).hasSize(2);
    }

    @Test
    void whatReachedNobodyIsToldAgain() throws Exception {
        WorkflowJob monitor = jenkins.createProject(WorkflowJob.class);
        notify(new DiscordNotifierDefinition("gone-webhook"));
        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced false");
        notify(new DiscordNotifierDefinition("discord-webhook"));

        assertThat(log(Result.SUCCESS, build(monitor, "down"))).contains("coalesced false");

        assertThat(DISCORD.messages()).hasSize(1);
    }

    @Test
    void whatIsKnownOfASiteOutlivesAReadFromTheDisk() throws Exception {
        WorkflowJob monitor = jenkins.createProject(WorkflowJob.class);
        build(monitor, "down");
        monitor.doReload();
        WorkflowJob read = jenkins.jenkins.getItemByFullName(monitor.getFullName(), WorkflowJob.class);

        assertThat(log(Result.SUCCESS, build(read, "down"))).contains("coalesced true");
    }

    @Test
    void mistakesAreToldInOneLineWithTheRemedy() throws Exception {
        Map<String, String> mistakes = Map.of(
                "notifyDeploy environment: 'preprod', message: ' '",
                "ERROR: message: is empty. Say what happened, in one line.",
                "notifyDeploy environment: 'preprod', message: 'x', kind: 'sideways'",
                "ERROR: kind: \"sideways\" is not allowed. Write started or deployed or validated or rolled-back or",
                "notifyDeploy environment: 'preprod', message: 'x', sha: 'main'",
                "ERROR: sha: ",
                "notifyDeploy message: 'x'",
                "ERROR: environment: is missing.");

        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            assertThat(lines(log(Result.FAILURE, pipelines.run(mistake.getKey())), "ERROR: "))
                    .as(mistake.getKey())
                    .singleElement()
                    .asString()
                    .startsWith(mistake.getValue());
        }
        assertThat(DISCORD.requests()).isZero();
    }

    private static WorkflowRun build(WorkflowJob monitor, String kind) throws Exception {
        monitor.setDefinition(new CpsFlowDefinition("""
                def told = notifyDeploy environment: 'preprod', kind: '%s', message: 'Looked at it.'
                echo "coalesced ${told.coalesced}"
                """.formatted(kind), true));
        return Pipelines.end(monitor.scheduleBuild2(0).waitForStart());
    }

    private static void notify(NotifierDefinition... notifiers) {
        EnvironmentDefinition environment = Definitions.local("preprod");
        environment.setNotify(List.of(notifiers));
        DeployFirstConfiguration.get().setEnvironments(List.of(environment));
    }
}

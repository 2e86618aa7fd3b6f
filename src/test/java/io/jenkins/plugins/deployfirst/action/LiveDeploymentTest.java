package io.jenkins.plugins.deployfirst.action;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;

/** Real deployments on the pages of their builds: while they run, and afterwards. */
class LiveDeploymentTest extends OnJenkinsHost {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @BeforeEach
    void forgetJobsAndMigrateSlowly() throws Exception {
        SharedJenkins.startAnew(jenkins);
        host.addCredentials();
        host.configure(JenkinsHost::migrateSlowly);
    }

    @Test
    void aDeploymentFromTheControllerIsFollowed() throws Exception {
        follow("%s");
    }

    @Test
    void aDeploymentFromAnAgentIsFollowed() throws Exception {
        agents.createAgent(
                jenkins, InboundAgentExtension.Options.newBuilder().name("far").build());

        follow("node('far') { %s }");
    }

    private static void follow(String script) throws Exception {
        String sha = host.stack.release("followed");
        WorkflowRun build = pipelines.start(script.formatted(deploy(sha)));
        Pipelines.await(MIGRATING, build);

        await().atMost(MINUTE)
                .untilAsserted(() -> assertThat(record(build).getPhases())
                        .last()
                        .satisfies(phase -> {
                            assertThat(phase.getName()).isEqualTo("migrate");
                            assertThat(phase.isRunning()).isTrue();
                        }));
        assertThat(record(build).getHeadline()).isEqualTo("preprod: deploying " + sha.substring(0, 7) + " …");

        host.endMigration();
        log(Result.SUCCESS, Pipelines.end(build));
        DeploymentRecord done = record(build);
        assertThat(done.getPhases())
                .extracting(PhaseRecord::getName)
                .containsSubsequence("connect", "lock", "fetch", "reset", "migrate", "restart", "gate", "journal");
        assertThat(done.getPhases()).noneMatch(PhaseRecord::isRunning);
        assertThat(done.getPhases()).extracting(PhaseRecord::getStartMillis).isSorted();
        assertThat(done.getAttempts()).last().satisfies(answer -> {
            assertThat(answer.isHealthy()).isTrue();
            assertThat(answer.getProbe()).contains(host.stack.url());
        });
        assertThat(done.getCommit().getSubject()).isEqualTo("Say followed");
        assertThat(done.getCommit().getUrl()).endsWith("/" + sha);
        assertEveryPhaseIsFoundInTheConsole(build);
    }

    private static void assertEveryPhaseIsFoundInTheConsole(WorkflowRun build) throws Exception {
        List<String> links = build.getAction(DeploymentAction.class).getViews().stream()
                .flatMap(view -> view.getBars().stream())
                .map(PhaseBar::getLink)
                .filter(Objects::nonNull)
                .toList();
        HtmlPage console = jenkins.createWebClient().getPage(build, "console");
        assertThat(links).hasSizeGreaterThan(7).allSatisfy(link -> {
            assertThat(link).startsWith(build.getUrl() + "console#");
            assertThat(console.getElementById(link.substring(link.indexOf('#') + 1)))
                    .as(link)
                    .isNotNull();
        });
    }

    @Test
    void anAbortedDeploymentSaysSo() throws Exception {
        WorkflowRun build = pipelines.start(deploy(host.stack.release("aborted")));
        Pipelines.await(MIGRATING, build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        await().atMost(MINUTE).until(() -> record(build).getOutcome().equals("ABORTED"));
        assertThat(record(build).getPhases()).last().satisfies(phase -> {
            assertThat(phase.getName()).isEqualTo("migrate");
            assertThat(phase.getFailure()).isNotEmpty();
        });
    }

    @Test
    void theWayBackStandsInTheTimelineWithTheFailingChecksLog() throws Exception {
        host.configure();
        String sha = host.stack.release("bad");
        host.gitHub.failed(sha, "unit tests");

        WorkflowRun build = pipelines.run(deploy(sha) + "\nwatchCiAndRollback environment: 'preprod'");

        log(Result.FAILURE, build);
        List<RecordView> views = build.getAction(DeploymentAction.class).getViews();
        assertThat(views).hasSize(2);
        RecordView watch = views.get(1);
        assertThat(watch.getBars().get(0).isWayBack()).isTrue();
        assertThat(watch.getBars()).extracting(PhaseBar::getName).contains("reset", "restart", "gate");
        HtmlPage page = jenkins.createWebClient().getPage(build, "deploy-first");
        assertThat(page.asNormalizedText())
                .contains("preprod: CI failed for " + sha.substring(0, 7), "Going back", "unit tests", "failure");
        HtmlPage jobPage = jenkins.createWebClient().getPage(build.getParent());
        assertThat(jobPage.getElementById("deploy-first-history").asNormalizedText())
                .contains("Say bad", "preprod: taken back", "back in ");
        assertThat(jobPage.getElementById("deploy-first-environments").asNormalizedText())
                .contains(host.stack.first().substring(0, 7));
    }

    private static String deploy(String sha) {
        return "deployPreprodFirst environment: 'preprod', sha: '" + sha + "'";
    }

    private static DeploymentRecord record(WorkflowRun build) {
        DeploymentAction action = build.getAction(DeploymentAction.class);
        assertThat(action).isNotNull();
        return action.getRecords().get(0);
    }
}

package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.watch.WatchAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DisableResumeJobProperty;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins goes down and comes up again while a step is under way. */
@ExtendWith(RealHost.class)
class RestartTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String AFTER = "after the watch";

    @TempDir
    private static Path root;

    private static JenkinsHost host;

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    private String job;

    @BeforeAll
    static void start() {
        host = JenkinsHost.start(root);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void startAnew() {
        host.server.start();
        host.startAnew();
    }

    @Test
    void aWatchGoesOnThatHasNotReadYet() throws Throwable {
        String sha = host.stack.release("watched later");
        host.gitHub.succeeded(sha, "build");
        session.then(jenkins -> {
            host.addCredentials();
            host.configure(environment -> environment.getCi().setInitialDelay("10m"));
            startAndAwait(jenkins, sha, "Watching the checks of ");
            // What the next Jenkins resolves anew.
            host.configure();
        });
        assertThat(host.gitHub.reads(sha)).isZero();

        session.then(jenkins -> {
            assertThat(log(Result.SUCCESS, end(jenkins)).split(AFTER, -1)).hasSize(2);
            assertThat(PauseAction.isPaused(watchNode(build(jenkins)))).isFalse();
        });
        assertThat(host.validated()).isEqualTo(sha);
    }

    @Test
    void aWaitingWatchLeavesNoReadsBehindAndGoesOn() throws Throwable {
        String sha = host.stack.release("watched twice");
        host.gitHub.pending(sha, "build");
        session.then(jenkins -> {
            WorkflowRun build = startAndAwaitCi(jenkins, sha);
            assertThat(PauseAction.isPaused(watchNode(build))).isTrue();
        });
        int reads = host.gitHub.reads(sha);
        // One more may have been under way.
        await().during(Duration.ofSeconds(1)).atMost(MINUTE).until(() -> host.gitHub.reads(sha) <= reads + 1);
        host.gitHub.failed(sha, "build");

        session.then(jenkins -> {
            assertThat(lines(log(Result.FAILURE, end(jenkins)), "ERROR: ")).hasSize(1);
            assertThat(PauseAction.isPaused(watchNode(build(jenkins)))).isFalse();
            assertThat(watchNode(build(jenkins)).getAction(ErrorAction.class)).isNotNull();
        });
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.events())
                .containsExactly("deploy.started", "deploy.succeeded", "rollback.started", "rollback.succeeded");
    }

    @Test
    void aWatchWhoseTimeIsOverMeanwhileReadsOnceMore() throws Throwable {
        String sha = host.stack.release("watched too late");
        host.gitHub.pending(sha, "build");
        session.then(jenkins -> {
            startAndAwaitCi(jenkins, sha);
            host.configure(environment -> environment.getCi().setTimeout("1ms"));
        });
        host.gitHub.failed(sha, "build");

        session.then(jenkins -> log(Result.FAILURE, end(jenkins)));
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aRollbackThatWasUnderWayIsDoneOnce() throws Throwable {
        String sha = host.stack.release("undone twice");
        host.gitHub.failed(sha, "build");
        session.then(jenkins -> {
            host.addCredentials();
            host.configure(JenkinsHost::rollBackSlowly);
            startAndAwait(jenkins, sha, MIGRATING);
        });

        session.then(jenkins -> {
            // What the first Jenkins started is not over: the second one waits for it.
            Pipelines.await("The lock is held by Jenkins, " + job + " #1", build(jenkins));
            host.endMigration();
            assertThat(lines(log(Result.FAILURE, end(jenkins)), "ERROR: "))
                    .singleElement()
                    .asString()
                    .contains("was taken back to " + host.stack.first().substring(0, 7));
        });
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.events()).containsOnlyOnce("rollback.succeeded");
    }

    @Test
    void aRollbackThatWaitsForItsHostGoesOnAndPeopleHearOfThatOnce() throws Throwable {
        String sha = host.stack.release("host away");
        host.gitHub.pending(sha, "build");
        session.then(jenkins -> {
            WorkflowRun build = startAndAwaitCi(jenkins, sha);
            host.server.close();
            host.gitHub.failed(sha, "build");
            Pipelines.await(" is taken back as soon as the host answers. It is tried until ", build);
            // Nothing is being done on the host that a restart would have to wait for.
            await().atMost(MINUTE).until(() -> !build.getExecution().blocksRestart());
        });
        // What CI said stands, whatever it says later.
        host.gitHub.pending(sha, "build");

        session.then(jenkins -> {
            assertThat(build(jenkins).isBuilding()).isTrue();
            host.server.start();
            assertThat(log(Result.FAILURE, end(jenkins))).contains("was taken back to ");
        });
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.discord.messages())
                .filteredOn(message -> message.contains("as soon as the host answers"))
                .hasSize(1);
    }

    @Test
    void aPipelineThatMayNotResumeKeepsItsWatchInTheBackground() throws Throwable {
        String sha = host.stack.release("not resumed");
        host.gitHub.pending(sha, "build");
        session.then(jenkins -> {
            host.addCredentials();
            host.configure();
            WorkflowJob project = new Pipelines(jenkins).job("""
                    deployPreprodFirst environment: 'preprod', sha: '%s'
                    watchCiAndRollback environment: 'preprod', background: true
                    watchCiAndRollback environment: 'preprod'
                    """.formatted(sha));
            project.addProperty(new DisableResumeJobProperty());
            job = project.getFullName();
            Pipelines.await("CI: 0 of 1 checks done", project.scheduleBuild2(0).waitForStart());
        });
        host.gitHub.failed(sha, "build");

        session.then(jenkins -> {
            WorkflowRun build = end(jenkins);
            await().atMost(MINUTE)
                    .until(() -> !build.getAction(WatchAction.class).isRunning());
            assertThat(log(Result.ABORTED, build)).doesNotContain("was taken back to ");
        });
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aDeploymentThatWasCutOffSaysSoAndTheNextBuildGoesOn() throws Throwable {
        String sha = host.stack.release("cut off");
        session.then(jenkins -> {
            host.addCredentials();
            host.configure(JenkinsHost::migrateSlowly);
            startAndAwait(jenkins, sha, MIGRATING);
            host.configure();
        });

        session.then(jenkins -> {
            assertThat(lines(log(Result.FAILURE, end(jenkins)), "ERROR: "))
                    .containsExactly("ERROR: deployPreprodFirst was cut off by a restart of Jenkins, perhaps half way."
                            + " Run the build again: it goes on from where it was.");
            host.endMigration();
            Pipelines pipelines = new Pipelines(jenkins);
            log(Result.SUCCESS, pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'"));
        });
        assertThat(host.stack.page()).isEqualTo("Welcome, cut off");
        assertThat(host.stack.isFree()).isTrue();
    }

    /** Starts to watch a commit whose only check is pending. */
    private WorkflowRun startAndAwaitCi(JenkinsRule jenkins, String sha) throws Exception {
        host.addCredentials();
        host.configure();
        return startAndAwait(jenkins, sha, "CI: 0 of 1 checks done");
    }

    private WorkflowRun startAndAwait(JenkinsRule jenkins, String sha, String message) throws Exception {
        Pipelines pipelines = new Pipelines(jenkins);
        WorkflowJob project = pipelines.job("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                echo '%s'
                """.formatted(sha, AFTER));
        job = project.getFullName();
        WorkflowRun build = project.scheduleBuild2(0).waitForStart();
        Pipelines.await(message, build);
        return build;
    }

    private WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private WorkflowRun end(JenkinsRule jenkins) {
        return Pipelines.end(build(jenkins));
    }

    private static FlowNode watchNode(WorkflowRun build) {
        List<FlowNode> watches = new DepthFirstScanner()
                .filteredNodes(
                        build.getExecution(),
                        node -> node.getDisplayFunctionName().equals("watchCiAndRollback"));
        assertThat(watches).hasSize(1);
        return watches.get(0);
    }
}

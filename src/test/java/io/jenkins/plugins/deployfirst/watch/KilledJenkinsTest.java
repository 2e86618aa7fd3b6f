package io.jenkins.plugins.deployfirst.watch;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Jenkins' process is killed while a watch is under way, and another one started: the host goes back all the same. Each test
 * runs for a step that waits, and for a watch in the background.
 */
@ExtendWith(RealHost.class)
class KilledJenkinsTest {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String JOB = "shop";

    @TempDir
    private static Path root;

    private static JenkinsHost host;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().withTimeout(0);

    private String sha;

    @BeforeAll
    static void startHost() {
        host = JenkinsHost.start(root);
    }

    @AfterAll
    static void stopHost() {
        host.close();
    }

    @BeforeEach
    void startAnew() {
        host.startAnew();
        sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextJenkinsReadsAtOnceAndHearsTheWebhook(boolean background) throws Throwable {
        EnvironmentDefinition environment = host.definition(NAME);
        environment.getCi().setInterval("1h");
        environment.getCi().setTimeout("2h");
        start(environment, background);
        await().atMost(LONG).until(() -> log(background).contains("CI: 0 of 1 checks done"));

        kill();
        int reads = host.gitHub.reads(sha);
        jenkins.startJenkins();
        await().atMost(LONG).until(() -> host.gitHub.reads(sha) > reads);
        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        host.gitHub.failed(sha, "build");
        host.sendFailure(jenkins.getUrl(), sha);

        assertTakenBack(background);
        assertThat(host.events())
                .containsExactly("deploy.started", "deploy.succeeded", "rollback.started", "rollback.succeeded");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRollbackThatWasUnderWayIsFinished(boolean background) throws Throwable {
        EnvironmentDefinition environment = host.definition(NAME);
        JenkinsHost.rollBackSlowly(environment);
        start(environment, background);
        host.gitHub.failed(sha, "build");
        await().atMost(LONG).until(() -> log(background).contains(MIGRATING));

        kill();
        jenkins.startJenkins();
        // What the killed Jenkins began on the host goes on: the next one waits for it.
        await().atMost(LONG).until(() -> log(background).contains("The lock is held by Jenkins, " + JOB + " #1"));
        host.endMigration();

        assertTakenBack(background);
        assertThat(host.events()).containsOnlyOnce("rollback.succeeded");
    }

    private void start(EnvironmentDefinition environment, boolean background) throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(KilledJenkinsTest::startBuild, host.setup(environment), """
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod', background: %b
                """.formatted(sha, background));
    }

    private static void startBuild(JenkinsRule rule, JenkinsHost.Setup setup, String script) throws Throwable {
        setup.apply();
        WorkflowJob job = rule.createProject(WorkflowJob.class, JOB);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        if (script.contains("background: true")) {
            rule.assertBuildStatusSuccess(rule.waitForCompletion(build));
        }
    }

    /** Ends the process as {@code kill -9} does: nothing in it hears of that. */
    private void kill() {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        await().until(() -> !process.isAlive());
    }

    private void assertTakenBack(boolean background) throws Throwable {
        await().atMost(LONG).until(() -> host.stack.page().equals("Welcome, release 1"));
        AtomicReference<List<String>> result = new AtomicReference<>(List.of());
        await().atMost(LONG).until(() -> {
            result.set(remoteResult());
            return !result.get().isEmpty();
        });
        assertThat(result.get())
                .as(log(background))
                .containsExactly(background ? "SUCCESS" : "FAILURE", "DONE", "ROLLED_BACK");
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(host.stack.isFree()).isTrue();
    }

    private List<String> remoteResult() {
        try {
            return jenkins.runRemotely(KilledJenkinsTest::result);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the build's result and those of its records; nothing while it or its watch is under way. */
    private static ArrayList<String> result(JenkinsRule rule) {
        ArrayList<String> result = new ArrayList<>();
        WorkflowRun build =
                rule.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
        WatchAction watch = build.getAction(WatchAction.class);
        if (build.isLogUpdated() || watch != null && watch.isRunning()) {
            return result;
        }
        result.add(String.valueOf(build.getResult()));
        build.getAction(DeploymentAction.class).getRecords().stream()
                .map(DeploymentRecord::getOutcome)
                .forEach(result::add);
        return result;
    }

    /** Returns the log of the watch as it is on the disk, whether or not there is a Jenkins. */
    private String log(boolean background) {
        Path build = jenkins.getHome().toPath().resolve("jobs/" + JOB + "/builds/1");
        return Tool.read(build.resolve(background ? "deploy-first-watch-1.log" : "log"));
    }
}

package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Builds that are ended from outside, and builds that get in each other's way. */
class AbortTest extends OnJenkinsHost {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void anAbortedDeploymentEndsOnTheHostTooAndTheNextGoesOn() throws Exception {
        String sha = host.stack.release("aborted");
        host.configure(JenkinsHost::migrateSlowly);
        WorkflowRun build = pipelines.start(deploy(sha));
        Pipelines.await(MIGRATING, build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        assertLeftNothingBehind();
        host.configure();
        assertThat(log(Result.SUCCESS, pipelines.run(deploy(sha))))
                .contains("The last run died half way: deploy.started of " + sha);
        assertThat(host.stack.page()).isEqualTo("Welcome, aborted");
    }

    @Test
    void aTimeoutEndsADeploymentAsAnAbortDoes() throws Exception {
        String sha = host.stack.release("too slow");
        host.configure(JenkinsHost::migrateSlowly);

        // Counted from the last line of the log, so that the migration has begun.
        WorkflowRun build = pipelines.run("""
                timeout(time: 4, unit: 'SECONDS', activity: true) {
                    deployPreprodFirst environment: 'preprod', sha: '%s'
                }
                """.formatted(sha));

        assertThat(log(Result.ABORTED, build)).contains(MIGRATING);
        assertLeftNothingBehind();
        host.configure();
        log(Result.SUCCESS, pipelines.run(deploy(sha)));
    }

    @Test
    void anAbortedWatchReadsNoMoreAndLeavesTheHostAlone() throws Exception {
        String sha = host.stack.release("watched for a while");
        host.gitHub.pending(sha, "build");
        WorkflowRun build = pipelines.start(deploy(sha) + "\nwatchCiAndRollback environment: 'preprod'");
        Pipelines.await("CI: 0 of 1 checks done", build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        int reads = host.gitHub.reads(sha);
        host.gitHub.failed(sha, "build");
        // One more may have been under way.
        await().during(Duration.ofSeconds(1))
                .atMost(MINUTE)
                .until(() -> host.gitHub.reads(sha) <= reads + 1 && host.stack.isFree());
        assertThat(host.stack.live()).isEqualTo(sha);
        log(Result.FAILURE, pipelines.run("watchCiAndRollback environment: 'preprod', sha: '" + sha + "'"));
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void aTimeoutEndsAWatch() throws Exception {
        String sha = host.stack.release("watched briefly");
        host.gitHub.pending(sha, "build");

        WorkflowRun build = pipelines.run(
                deploy(sha) + "\ntimeout(time: 1, unit: 'SECONDS') { watchCiAndRollback environment: 'preprod' }");

        assertThat(log(Result.ABORTED, build)).contains("Watching the checks of " + sha.substring(0, 7));
        assertThat(host.stack.live()).isEqualTo(sha);
        assertThat(host.stack.isFree()).isTrue();
    }

    @Test
    void anAbortedRollbackEndsOnTheHostTooAndTheNextGoesOn() throws Exception {
        String sha = host.stack.release("hardly undone");
        host.gitHub.failed(sha, "build");
        host.configure(JenkinsHost::rollBackSlowly);
        WorkflowRun build = pipelines.start(deploy(sha) + "\nwatchCiAndRollback environment: 'preprod'");
        Pipelines.await(MIGRATING, build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        assertLeftNothingBehind();
        host.configure();
        log(Result.SUCCESS, pipelines.run("rollbackEnvironment environment: 'preprod'"));
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void theSecondOfTwoBuildsWaitsAndSaysForWhom() throws Exception {
        String first = host.stack.release("first");
        String second = host.stack.release("second");
        host.configure(JenkinsHost::migrateSlowly);
        WorkflowRun one = pipelines.start(deploy(first));
        Pipelines.await(MIGRATING, one);
        host.configure();

        WorkflowRun other = pipelines.start(deploy(second));

        Pipelines.await(
                "The lock is held by Jenkins, " + one.getParent().getFullName() + " #1 (" + jenkins.getURL()
                        + one.getUrl() + ") since ",
                other);
        host.endMigration();
        log(Result.SUCCESS, Pipelines.end(one));
        log(Result.SUCCESS, Pipelines.end(other));
        assertThat(host.stack.page()).isEqualTo("Welcome, second");
        assertThat(host.events())
                .containsExactly("deploy.started", "deploy.succeeded", "deploy.started", "deploy.succeeded");
    }

    private static void assertLeftNothingBehind() {
        await().atMost(MINUTE).until(() -> host.stack.isFree() && !host.isMigrating());
    }

    private static String deploy(String sha) {
        return "deployPreprodFirst environment: 'preprod', sha: '" + sha + "'";
    }
}

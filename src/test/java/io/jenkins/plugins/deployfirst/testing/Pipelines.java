package io.jenkins.plugins.deployfirst.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs pipelines in the sandbox of the Jenkins under test. */
public final class Pipelines {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** The names that the rule makes count the jobs that are there, and come again when one was deleted. */
    private static final AtomicInteger JOBS = new AtomicInteger();

    private final JenkinsRule jenkins;

    public Pipelines(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Returns a new job that runs a script. */
    public WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline" + JOBS.incrementAndGet());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a script in a new job. */
    public WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    /** Runs a script to its end, whatever that is. */
    public WorkflowRun run(String script) throws Exception {
        return end(start(script));
    }

    /** Runs a declarative pipeline whose one stage has these steps; {@code agent} is its section. */
    public WorkflowRun declarative(String agent, String steps) throws Exception {
        return run("pipeline { agent " + agent + "\n stages { stage('Preprod') { steps {\n" + steps + "\n} } } }");
    }

    /** Waits for the end of a build. */
    public static WorkflowRun end(WorkflowRun build) {
        Awaitility.await()
                .atMost(LONGEST)
                .untilAsserted(() -> assertThat(build.isLogUpdated())
                        .as(() -> "still running:\n" + log(build))
                        .isFalse());
        return build;
    }

    /** Waits until a running build has said something. */
    public static void await(String message, WorkflowRun build) {
        Awaitility.await()
                .atMost(LONGEST)
                .failFast(() -> assertThat(build.isLogUpdated() || log(build).contains(message))
                        .as(() -> "ended without saying \"" + message + "\":\n" + log(build))
                        .isTrue())
                .untilAsserted(() -> assertThat(log(build)).contains(message));
    }

    private static String log(WorkflowRun build) {
        try {
            return JenkinsRule.getLog(build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the log of a build, which must have ended like this. */
    public static String log(Result result, WorkflowRun build) {
        String log = log(build);
        assertThat(build.getResult()).as(log).isEqualTo(result);
        return log;
    }

    /** Returns the lines of a log that begin like this. */
    public static List<String> lines(String log, String start) {
        return log.lines().filter(line -> line.startsWith(start)).toList();
    }
}

package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.action.LiveRecord;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.SettingPlace;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where a step runs.
 *
 * @param run the build
 * @param listener its log
 * @param variables the environment variables in force
 * @param workspace where it works; null outside {@code node}
 */
public record StepSite(
        Run<?, ?> run,
        TaskListener listener,
        EnvVars variables,
        @CheckForNull FilePath workspace) {

    /** Looks it up; inside {@code node} the agent must be there. */
    public static StepSite of(StepContext context) throws IOException, InterruptedException {
        return new StepSite(
                context.get(Run.class),
                context.get(TaskListener.class),
                context.get(EnvVars.class),
                context.get(FilePath.class));
    }

    /** Returns whether it is inside {@code node}. */
    boolean onAgent() {
        return workspace != null;
    }

    /** Returns the node that it is inside of: its name, empty for the built-in one; null outside {@code node}. */
    @CheckForNull
    String node() {
        Computer computer = workspace == null ? null : workspace.toComputer();
        return computer == null ? null : computer.getName();
    }

    /** Returns what leads to the agent; null on the controller. */
    @CheckForNull
    VirtualChannel channel() {
        return workspace == null ? null : workspace.getChannel();
    }

    /** Returns the workspace for the engine, with what tells Docker's commands there which daemon and which logins to use. */
    Workspace engineWorkspace() throws IOException, InterruptedException {
        if (workspace == null) {
            throw new AbortException("This step works in a workspace. Put it inside node, or give the stage an agent.");
        }
        // The first step in a new workspace finds none.
        workspace.mkdirs();
        return new Workspace(workspace.getRemote(), docker());
    }

    /** Returns the step's environment with its credentials. */
    ResolvedEnvironment resolve(FlowStep step) throws AbortException {
        return choose(step.getEnvironment(), step.getDefinition());
    }

    /** Returns the environment of that name with its credentials; {@code field} is where the step was given it. */
    ResolvedEnvironment resolve(String field, @CheckForNull String name) throws AbortException {
        if (Util.fixEmptyAndTrim(name) == null) {
            throw new AbortException(field + ": is missing. Give the name of an environment.");
        }
        return choose(name, null);
    }

    private ResolvedEnvironment choose(@CheckForNull String name, @CheckForNull EnvironmentDefinition definition)
            throws AbortException {
        return DeployFirstConfiguration.get()
                .choose(name, definition, run.getParent(), onAgent())
                .resolve(run)
                .withDocker(docker());
    }

    /** Returns the variables that say which Docker is used here, as steps around this one may have set them. */
    public Map<String, String> docker() {
        return DockerVariables.of(variables);
    }

    /** Runs a flow to its end. */
    public FlowOutcome run(ResolvedEnvironment environment, FlowRequest request) throws InterruptedException {
        return run(environment, request, FlowLog.of(listener));
    }

    private FlowOutcome run(ResolvedEnvironment environment, FlowRequest request, FlowLog log)
            throws InterruptedException {
        Caller caller = Caller.of(run);
        return FlowRunner.run(environment, request, channel(), log, caller.by(), caller.buildUrl());
    }

    /** Runs a flow to its end, which the page of the build follows, and keeps with the build what it came to. */
    FlowOutcome run(ResolvedEnvironment environment, FlowRequest request, DeploymentRecord.Kind kind)
            throws InterruptedException {
        return follow(Records.begin(run, kind, environment, request.release()), log -> run(environment, request, log));
    }

    /** Carries a release from one environment on to another, as {@link #run} does a flow of one. */
    FlowOutcome promote(ResolvedEnvironment source, ResolvedEnvironment target, FlowRequest.Promote request)
            throws InterruptedException {
        return follow(
                Records.begin(run, DeploymentRecord.Kind.DEPLOY, target, request.release()),
                log -> FlowRunner.promote(source, target, request, channel(), log, Caller.of(run)));
    }

    /** Asks a URL until it answers as it should, or has had its chances, and keeps with the build what it came to. */
    FlowOutcome gate(HttpCheck check, GateTiming timing) throws InterruptedException {
        return follow(
                DeploymentRecord.Kind.HEALTH, check.describe(), log -> FlowRunner.gate(check, timing, channel(), log));
    }

    /** Does what concerns no environment; {@code url} is what it asks, if anything. */
    FlowOutcome follow(DeploymentRecord.Kind kind, String url, Flow flow) throws InterruptedException {
        return follow(Records.begin(run, kind, url), flow);
    }

    private FlowOutcome follow(LiveRecord live, Flow flow) throws InterruptedException {
        try {
            FlowOutcome outcome = flow.run(live.log(listener));
            live.end(run, listener, outcome);
            return outcome;
        } finally {
            live.abort(run);
        }
    }

    /** Runs to its end, and tells meanwhile what it does. */
    @FunctionalInterface
    interface Flow {
        FlowOutcome run(FlowLog log) throws InterruptedException;
    }

    /** Tells in the log where a setting is changed that made the step fail. */
    public void tellWhereToMend(String environment, AbortException failure) {
        SettingPlace.tell(listener, run.getParent(), environment, failure.getMessage());
    }

    /** Returns the commit that the step is given, or else the one that was checked out. */
    String sha(@CheckForNull String given) throws AbortException {
        String sha = Util.fixEmptyAndTrim(given == null ? variables.get("GIT_COMMIT") : given);
        if (sha == null) {
            throw new AbortException("sha: is missing, and GIT_COMMIT is not set here. Give the commit, such as"
                    + " sha: checkout(scm).GIT_COMMIT.");
        }
        return sha;
    }

    /**
     * Returns the result of a flow that is done.
     *
     * @throws AbortException when it is not
     */
    static Object requireDone(FlowOutcome outcome) throws AbortException {
        if (outcome.outcome() != Outcome.DONE) {
            throw new AbortException(Records.sentence(outcome));
        }
        return outcome.map();
    }
}

package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.build.BuildImagesRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.hook.HookSettings;
import io.jenkins.plugins.deployfirst.engine.migration.MigrationCheckRequest;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Listeners;

/**
 * Runs the engine's flows where a build wants them: on the controller, or on an agent over its channel. An environment
 * with {@code via} goes before that: its flows run on one of these agents, wherever the build is.
 *
 * <p>Every method blocks until the flow has ended. Interrupting the thread ends the command on the host as well; on an
 * agent that end is awaited for up to {@value JobRunner#PATIENCE_SECONDS} s before the interruption is passed on.
 */
public final class FlowRunner {
    private static final Logger LOGGER = Logger.getLogger(FlowRunner.class.getName());

    private FlowRunner() {}

    /**
     * Runs a flow. What fails in a way that people can act on is an outcome, not an exception; so is an agent that is
     * lost meanwhile.
     *
     * @param channel leads to the agent; null: run on the controller
     * @param log hears what happens
     * @param by who started it, for the journal and for whoever waits for the lock
     * @param buildUrl the build that runs it; empty when its address is not known
     */
    public static FlowOutcome run(
            ResolvedEnvironment environment,
            FlowRequest request,
            @CheckForNull VirtualChannel channel,
            FlowLog log,
            String by,
            String buildUrl)
            throws InterruptedException {
        String name = environment.environment().name();
        try {
            return call(environment, request, channel, log, by, buildUrl);
        } catch (Via.NoAgentException e) {
            return FlowOutcome.failed(name, Outcome.FAILED_UNCHANGED, e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "A flow of " + name + " lost its agent");
            return request.changes()
                    ? FlowOutcome.failed(
                            name,
                            Outcome.PERSON_NEEDED,
                            JobRunner.lost(e) + " " + name + " may be changed half way."
                                    + " Run the step again as soon as an agent is there: it goes on from where it was.")
                    : FlowOutcome.failed(name, Outcome.FAILED_UNCHANGED, JobRunner.lost(e) + " Run the step again.");
        }
    }

    /**
     * Runs a flow as {@link #run} does, for callers that mend the loss of an agent themselves.
     *
     * @throws IOException when the agent was lost, and the flow may have been cut off half way; or when no agent of {@code
     *     via} is online
     */
    public static FlowOutcome call(
            ResolvedEnvironment environment,
            FlowRequest request,
            @CheckForNull VirtualChannel channel,
            FlowLog log,
            String by,
            String buildUrl)
            throws IOException, InterruptedException {
        // Who only looks is lent nothing.
        ResolvedEnvironment needed =
                request.changes() ? environment : environment.with(settings -> settings.with(SecretSettings.NONE));
        Job job = new FlowJob(needed.environment(), needed.notifiers(), request, by, buildUrl);
        VirtualChannel way = way(environment, channel, request.isQuiet() ? FlowLog.of(TaskListener.NULL) : log);
        try {
            return JobRunner.call(job, needed.ci(), way, log);
        } finally {
            if (request.changes()) {
                tellListeners(environment.environment());
            }
        }
    }

    private static void tellListeners(Environment environment) {
        Listeners.notify(
                FlowListener.class, true, listener -> listener.onEnded(environment.name(), environment.directory()));
    }

    @CheckForNull
    private static VirtualChannel way(
            ResolvedEnvironment environment, @CheckForNull VirtualChannel channel, FlowLog log)
            throws Via.NoAgentException {
        if (environment.via().isEmpty()) {
            return channel;
        }
        Via via = environment.via().get();
        Computer agent = via.agent();
        log.listener()
                .getLogger()
                .println("Connecting from the agent " + agent.getDisplayName() + " (via " + via.label() + ").");
        return Via.channel(agent);
    }

    /**
     * Carries a release from one environment on to another. Where these are reached by different agents, each does its
     * part: the source's looks for the release, and the target's deploys it.
     *
     * @param channel leads to the agent of environments without {@code via}; null: the controller
     */
    public static FlowOutcome promote(
            ResolvedEnvironment source,
            ResolvedEnvironment target,
            FlowRequest.Promote request,
            @CheckForNull VirtualChannel channel,
            FlowLog log,
            Caller caller)
            throws InterruptedException {
        if (source.via().equals(target.via())) {
            return run(target, request, channel, log, caller.by(), caller.buildUrl());
        }
        FlowRequest.Validated wanted = new FlowRequest.Validated(request.sha());
        FlowOutcome found = run(source, wanted, channel, log, caller.by(), caller.buildUrl());
        return found.outcome() == Outcome.DONE
                ? run(target, request.found(found), channel, log, caller.by(), caller.buildUrl())
                : FlowOutcome.failed(target.environment().name(), found.outcome(), found.error());
    }

    /** Looks whether an environment's host has all that it needs, from the controller or from an agent of {@code via}. */
    public static Inspection inspect(ResolvedEnvironment environment) throws InterruptedException {
        FlowLog nobody = FlowLog.of(TaskListener.NULL);
        try {
            InspectJob job = new InspectJob(environment
                    .with(settings -> settings.with(SecretSettings.NONE))
                    .environment());
            return Inspection.of(JobRunner.call(job, way(environment, null, nobody), nobody));
        } catch (Via.NoAgentException e) {
            return new Inspection(List.of(), e.getMessage(), "");
        } catch (IOException e) {
            return new Inspection(List.of(), JobRunner.lost(e) + " Try again.", "");
        }
    }

    /**
     * Waits until a URL answers as it should, or has had its chances.
     *
     * @param channel leads to the agent that asks; null: the controller asks
     */
    public static FlowOutcome gate(
            HttpCheck check, GateTiming timing, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        try {
            return JobRunner.call(new GateJob(check, timing), channel, log);
        } catch (IOException e) {
            String error = JobRunner.lost(e) + " Run the step again.";
            return new FlowOutcome(Outcome.FAILED_UNCHANGED, Map.of("url", check.describe()), error);
        }
    }

    /**
     * Calls a deploy hook, and waits until the new version answers.
     *
     * @param check what it answers; empty: it is not waited for
     * @param channel leads to the agent that calls; null: the controller calls
     */
    public static FlowOutcome hook(
            HookSettings hook,
            Optional<HttpCheck> check,
            GateTiming timing,
            @CheckForNull VirtualChannel channel,
            FlowLog log)
            throws InterruptedException {
        try {
            return JobRunner.call(new HookJob(hook, check, timing), channel, log);
        } catch (IOException e) {
            String error = JobRunner.lost(e)
                    + " The deploy hook may have been called. Look at the platform, and run the step again.";
            return new FlowOutcome(Outcome.PERSON_NEEDED, Map.of(), error);
        }
    }

    /**
     * Sends a message, and waits a while until it is delivered. What is not delivered is told in the log and counted.
     *
     * @param channel leads to the agent that sends; null: the controller sends
     */
    public static FlowOutcome tell(
            List<WebhookAccess> notifiers, Message message, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        try {
            return JobRunner.call(new NotifyJob(notifiers, message), channel, log);
        } catch (IOException e) {
            return FlowOutcome.failed(
                    message.environment(), Outcome.FAILED_UNCHANGED, JobRunner.lost(e) + " Run the step again.");
        }
    }

    /** Builds images in a workspace, and pushes them when all are built; {@code channel} is null on the controller. */
    public static FlowOutcome buildImages(BuildImagesRequest request, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        return inWorkspace(new BuildImagesJob(request), channel, log);
    }

    /** Tries migrations on a database that is thrown away; {@code channel} is null on the controller. */
    public static FlowOutcome migrationCheck(
            MigrationCheckRequest request, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        return inWorkspace(new MigrationCheckJob(request), channel, log);
    }

    private static FlowOutcome inWorkspace(Job job, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        try {
            return JobRunner.call(job, channel, log);
        } catch (IOException e) {
            return new FlowOutcome(Outcome.FAILED_UNCHANGED, Map.of(), JobRunner.lost(e) + " Run the step again.");
        }
    }

    /** Returns the outcome of a message that is not sent, because people know it already. */
    public static FlowOutcome coalesced(Message message) {
        return new FlowOutcome(Outcome.DONE, NotifyJob.result(message, 0, 0, 0, true), "");
    }
}

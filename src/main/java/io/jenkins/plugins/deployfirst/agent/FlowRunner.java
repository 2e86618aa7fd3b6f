package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.LocalChannel;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.engine.OneLine;
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
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Listeners;

/**
 * Runs the engine's flows where a build wants them: on the controller, or on an agent over its channel.
 *
 * <p>Every method blocks until the flow has ended. Interrupting the thread ends the command on the host as well; on an
 * agent that end is awaited for up to {@value #PATIENCE_SECONDS} s before the interruption is passed on.
 */
public final class FlowRunner {
    private static final Logger LOGGER = Logger.getLogger(FlowRunner.class.getName());
    private static final int PATIENCE_SECONDS = 30;

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
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "A flow of " + name + " lost its agent");
            return request.changes()
                    ? FlowOutcome.failed(
                            name,
                            Outcome.PERSON_NEEDED,
                            lost(e) + " " + name + " may be changed half way."
                                    + " Run the step again as soon as an agent is there: it goes on from where it was.")
                    : FlowOutcome.failed(name, Outcome.FAILED_UNCHANGED, lost(e) + " Run the step again.");
        }
    }

    /**
     * Runs a flow as {@link #run} does, for callers that mend the loss of an agent themselves.
     *
     * @throws IOException when the agent was lost; the flow may have been cut off half way
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
        try {
            return call(job, needed.ci(), channel, log);
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

    /**
     * Waits until a URL answers as it should, or has had its chances.
     *
     * @param channel leads to the agent that asks; null: the controller asks
     */
    public static FlowOutcome gate(
            HttpCheck check, GateTiming timing, @CheckForNull VirtualChannel channel, FlowLog log)
            throws InterruptedException {
        try {
            return call(new GateJob(check, timing), channel, log);
        } catch (IOException e) {
            String error = lost(e) + " Run the step again.";
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
            return call(new HookJob(hook, check, timing), channel, log);
        } catch (IOException e) {
            String error =
                    lost(e) + " The deploy hook may have been called. Look at the platform, and run the step again.";
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
            return call(new NotifyJob(notifiers, message), channel, log);
        } catch (IOException e) {
            return FlowOutcome.failed(
                    message.environment(), Outcome.FAILED_UNCHANGED, lost(e) + " Run the step again.");
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
            return call(job, channel, log);
        } catch (IOException e) {
            return new FlowOutcome(Outcome.FAILED_UNCHANGED, Map.of(), lost(e) + " Run the step again.");
        }
    }

    /** Returns the outcome of a message that is not sent, because people know it already. */
    public static FlowOutcome coalesced(Message message) {
        return new FlowOutcome(Outcome.DONE, NotifyJob.result(message, 0, 0, 0, true), "");
    }

    private static FlowOutcome call(Job job, @CheckForNull VirtualChannel channel, FlowLog log)
            throws IOException, InterruptedException {
        return call(job, Optional.empty(), channel, log);
    }

    private static FlowOutcome call(Job job, Optional<BuildCi> ci, @CheckForNull VirtualChannel channel, FlowLog log)
            throws IOException, InterruptedException {
        if (channel == null || channel instanceof LocalChannel) {
            HttpClient http = Http.onController();
            return job.run(new JobSite(http, new LogProgress(log, job.elapsed()), ci.map(server -> server.open(http))));
        }
        String id = UUID.randomUUID().toString();
        try {
            RemoteJob.Result result = channel.call(new RemoteJob(id, job, ci, log, channel));
            if (log.events() != null) {
                result.events().forEach(log.events()::heard);
            }
            return result.outcome();
        } catch (InterruptedException e) {
            awaitEnd(id, channel);
            throw e;
        } catch (RequestAbortedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void awaitEnd(String id, VirtualChannel channel) {
        try {
            channel.callAsync(new RemoteJob.End(id, PATIENCE_SECONDS)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> "The end of a cancelled flow could not be awaited");
        } catch (InterruptedException e) {
            // Asked twice to end: the first interruption, which is passed on, says it all.
            LOGGER.log(Level.FINE, e, () -> "The end of a cancelled flow was not awaited");
        }
    }

    private static String lost(IOException e) {
        return "The connection to the agent was lost (" + OneLine.of(String.valueOf(e.getMessage()), 200) + ").";
    }
}

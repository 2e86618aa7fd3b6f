package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.LocalChannel;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs jobs on the controller, or on an agent over its channel; an interruption ends them there as well. */
final class JobRunner {
    private static final Logger LOGGER = Logger.getLogger(JobRunner.class.getName());
    static final int PATIENCE_SECONDS = 30;

    private JobRunner() {}

    /** Runs a job that asks no CI server. */
    static FlowOutcome call(Job job, @CheckForNull VirtualChannel channel, FlowLog log)
            throws IOException, InterruptedException {
        return call(job, Optional.empty(), channel, log);
    }

    /**
     * Runs a job to its end.
     *
     * @param ci the server that it may ask, which the controller reads
     * @param channel leads to the agent; null: run on the controller
     * @throws IOException when the agent was lost
     */
    static FlowOutcome call(Job job, Optional<BuildCi> ci, @CheckForNull VirtualChannel channel, FlowLog log)
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

    /** Says that the agent was lost. */
    static String lost(IOException e) {
        return "The connection to the agent was lost (" + OneLine.of(String.valueOf(e.getMessage()), 200) + ").";
    }
}

package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.agent.Via;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.IOException;

/** Finds out which commit a step is to watch. */
final class WatchedCommit {
    private WatchedCommit() {}

    /**
     * Returns the commit that the step is given, or else what the build deployed, or else what it checked out. It is full
     * where the build knows it; nobody is asked.
     *
     * @throws AbortException when there is none, or it has not the form of one
     */
    static String of(WatchCiAndRollbackStep step, StepSite site) throws AbortException {
        String deployed = Records.deployed(site.run(), step.environmentName());
        String given = step.getSha();
        try {
            CommitSha sha = new CommitSha(site.sha(given == null && !deployed.isEmpty() ? deployed : given));
            return deployed.startsWith(sha.value()) ? deployed : sha.value();
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Returns the full SHA. The host tells which commit an abbreviation means; nobody is asked for what is full.
     *
     * @param channel leads to the agent that asks; null: the controller asks
     * @throws AbortException in one line with the remedy, when the host knows none or several, or cannot be asked
     * @throws IOException when the agent was lost
     */
    static String inFull(
            String sha,
            ResolvedEnvironment environment,
            Run<?, ?> run,
            @CheckForNull VirtualChannel channel,
            TaskListener listener)
            throws IOException, InterruptedException {
        if (new CommitSha(sha).isFull()) {
            return sha;
        }
        Caller caller = Caller.of(run);
        FlowOutcome outcome;
        try {
            outcome = FlowRunner.call(
                    environment,
                    new FlowRequest.Resolve(sha),
                    channel,
                    FlowLog.of(listener),
                    caller.by(),
                    caller.buildUrl());
        } catch (Via.NoAgentException e) {
            throw new AbortException(e.getMessage());
        }
        if (outcome.outcome() != Outcome.DONE) {
            throw new AbortException(Records.sentence(outcome));
        }
        return String.valueOf(outcome.map().get("sha"));
    }
}

package io.jenkins.plugins.deployfirst.wrapper;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.action.ValidatedShaAction;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.SettingPlace;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.IOException;
import java.util.Map;

/**
 * The releases of an environment at a moment, as the host tells them.
 *
 * @param environment the environment's name
 * @param live what the host runs
 * @param validated the last validated release; empty when none was validated yet
 */
record Releases(String environment, String live, String validated) {
    /** The variable that holds {@link #live}. */
    static final String LIVE_SHA = "LIVE_SHA";

    /** The variable that holds {@link #validated}. */
    static final String LAST_VALIDATED_SHA = "LAST_VALIDATED_SHA";

    /**
     * Asks the host.
     *
     * @param channel leads to the agent that asks; null: the controller
     * @throws AbortException in one line with the remedy, when it cannot be asked
     */
    static Releases ask(String environment, Run<?, ?> run, @CheckForNull VirtualChannel channel, TaskListener listener)
            throws AbortException, InterruptedException {
        try {
            return look(environment, run, channel, listener);
        } catch (AbortException e) {
            SettingPlace.tell(listener, run.getParent(), environment, e.getMessage());
            throw e;
        }
    }

    private static Releases look(
            String environment, Run<?, ?> run, @CheckForNull VirtualChannel channel, TaskListener listener)
            throws AbortException, InterruptedException {
        Caller caller = Caller.of(run);
        FlowOutcome outcome = FlowRunner.run(
                DeployFirstConfiguration.get()
                        .require(environment, run.getParent(), channel != null)
                        .resolve(run),
                new FlowRequest.Status(),
                channel,
                FlowLog.of(listener),
                caller.by(),
                caller.buildUrl());
        if (outcome.outcome() != Outcome.DONE) {
            throw new AbortException("The last validated release is not known: " + Records.sentence(outcome));
        }
        Map<String, Object> map = outcome.map();
        return new Releases(environment, String.valueOf(map.get("live")), String.valueOf(map.get("lastValidated")));
    }

    /** Returns the variables for the wrapped part. */
    Map<String, String> variables() {
        return Map.of(LIVE_SHA, live, LAST_VALIDATED_SHA, validated);
    }

    /**
     * Asks the host again, because the wrapped part may have changed it, and stores what it tells with the build. A host
     * that cannot be asked costs the action, and not the build that has succeeded.
     */
    static void store(String environment, Run<?, ?> run, @CheckForNull VirtualChannel channel, TaskListener listener)
            throws IOException, InterruptedException {
        try {
            Releases now = ask(environment, run, channel, listener);
            run.addAction(new ValidatedShaAction(environment, now.validated, now.live));
            run.save();
        } catch (AbortException e) {
            listener.error("%s Nothing is stored with the build.", e.getMessage());
        }
    }
}

package io.jenkins.plugins.deployfirst.action;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.IOException;
import java.util.List;

/** Keeps with a build, and says in a line, what a step came to. */
public final class Records {
    private static final int LONGEST = 2000;

    private Records() {}

    /** Keeps it; a disk that is full must not hide what happened on the host. */
    public static void keep(Run<?, ?> run, TaskListener listener, DeploymentRecord.Kind kind, FlowOutcome outcome) {
        try {
            DeploymentAction.add(
                    run, DeploymentRecord.of(kind, outcome.outcome().name(), outcome.map(), outcome.error()));
        } catch (IOException e) {
            listener.error("The result could not be kept with the build: %s", e.getMessage());
        }
    }

    /** Returns the last commit that a build put live on an environment; empty when there is none. */
    public static String deployed(Run<?, ?> run, String environment) {
        DeploymentAction action = run.getAction(DeploymentAction.class);
        String sha = "";
        for (DeploymentRecord record : action == null ? List.<DeploymentRecord>of() : action.getRecords()) {
            if (record.getKind().equals(DeploymentRecord.Kind.DEPLOY.name())
                    && record.getOutcome().equals(Outcome.DONE.name())
                    && record.getEnvironment().equals(environment)) {
                sha = record.getSha();
            }
        }
        return sha;
    }

    /** Says in one line why a flow is not done. */
    public static String sentence(FlowOutcome outcome) {
        String environment = String.valueOf(outcome.map().getOrDefault("environment", ""));
        String start = environment.isEmpty() || outcome.error().contains(environment) ? "" : environment + ": ";
        return OneLine.of(start + outcome.error(), LONGEST);
    }
}

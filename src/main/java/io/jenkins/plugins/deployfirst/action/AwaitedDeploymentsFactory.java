package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Has the page of a running build look for its first deployment. */
@Extension
@SuppressWarnings("rawtypes")
public final class AwaitedDeploymentsFactory extends TransientActionFactory<Run> {
    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return AwaitedDeployments.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull Run target) {
        Run<?, ?> run = (Run<?, ?>) target;
        // Without asking for actions that others make for the moment, which would ask here again.
        boolean awaited = run.isBuilding() && run.getActions().stream().noneMatch(DeploymentAction.class::isInstance);
        return awaited ? List.of(new AwaitedDeployments(run)) : List.of();
    }
}

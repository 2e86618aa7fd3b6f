package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;

/** Has the page of a running build look for its first deployment, where the job's builds deploy. */
@Extension
@SuppressWarnings("rawtypes")
public final class AwaitedDeploymentsFactory extends TransientActionFactory<Run> {
    /** So many builds in a row may have failed before they deployed. */
    private static final int EARLIER = 5;

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
        return run.isBuilding() && !hasDeployed(run) && mayDeploy(run)
                ? List.of(new AwaitedDeployments(run))
                : List.of();
    }

    /** Without asking for actions that others make for the moment, which would ask here again. */
    private static boolean hasDeployed(Run<?, ?> run) {
        return run.getActions().stream().anyMatch(DeploymentAction.class::isInstance);
    }

    /** Of a first build nobody knows; the builds of a job that never deploys need not be asked all the time. */
    private static boolean mayDeploy(Run<?, ?> run) {
        Run<?, ?> earlier = run.getPreviousBuild();
        return earlier == null
                || Stream.<Run<?, ?>>iterate(earlier, Objects::nonNull, Run::getPreviousBuild)
                        .limit(EARLIER)
                        .anyMatch(AwaitedDeploymentsFactory::hasDeployed);
    }
}

package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Puts the deployments of a job's builds on the job's page. */
@Extension
@SuppressWarnings("rawtypes")
public final class JobDeploymentsFactory extends TransientActionFactory<Job> {
    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull Job target) {
        return List.of(new JobDeployments((Job<?, ?>) target));
    }
}

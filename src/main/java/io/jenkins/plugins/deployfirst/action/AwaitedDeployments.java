package io.jenkins.plugins.deployfirst.action;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import org.kohsuke.stapler.StaplerProxy;

/**
 * Stands for the deployments of a build that runs and has begun none yet, so that its page looks for the first one. What
 * it shows stays hidden until then; from the first one on, {@link DeploymentAction} answers at the same address.
 */
public final class AwaitedDeployments extends InvisibleAction implements StaplerProxy {
    private final DeploymentAction none = new DeploymentAction();

    AwaitedDeployments(Run<?, ?> run) {
        none.onAttached(run);
    }

    @Override
    public String getUrlName() {
        return none.getUrlName();
    }

    @Override
    public DeploymentAction getTarget() {
        return none;
    }
}

package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import org.kohsuke.stapler.DataBoundConstructor;

/** Puts a commit live at once, and takes it back at once when it is not healthy. */
public final class DeployPreprodFirstStep extends DeployStep {
    @DataBoundConstructor
    public DeployPreprodFirstStep() {
        // Everything has a default or a setter.
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        FlowRequest request = deploying(site.sha(getSha()));
        return StepSite.requireDone(site.run(site.resolve(this), request, DeploymentRecord.Kind.DEPLOY));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "deployPreprodFirst";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeployPreprodFirstStep_displayName();
        }
    }
}

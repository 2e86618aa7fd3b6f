package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import org.kohsuke.stapler.DataBoundConstructor;

/** Tells what is live on an environment, and changes nothing. */
public final class EnvironmentStatusStep extends BlockingStep {
    @DataBoundConstructor
    public EnvironmentStatusStep() {
        // The environment has setters.
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        return StepSite.requireDone(site.run(site.resolve(this), new FlowRequest.Status()));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "environmentStatus";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EnvironmentStatusStep_displayName();
        }
    }
}

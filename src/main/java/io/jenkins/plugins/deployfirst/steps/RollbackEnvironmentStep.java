package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Takes an environment back to its last validated release, or to a given one. */
public final class RollbackEnvironmentStep extends BlockingStep {
    private String to;

    @DataBoundConstructor
    public RollbackEnvironmentStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getTo() {
        return to;
    }

    /** Gives the commit to return to; default: the last validated release. */
    @DataBoundSetter
    public void setTo(@CheckForNull String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        FlowRequest request = new FlowRequest.Rollback(Util.fixNull(to));
        return StepSite.requireDone(site.run(site.resolve(this), request, DeploymentRecord.Kind.ROLLBACK));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "rollbackEnvironment";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RollbackEnvironmentStep_displayName();
        }

        /** Checks the form of a commit; empty means the default. */
        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return doCheckSha(item, value);
        }
    }
}

package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Puts a commit live at once, and takes it back at once when it is not healthy. */
public final class DeployPreprodFirstStep extends BlockingStep {
    private String sha;
    private String tag;
    private boolean redeployRejected;

    @DataBoundConstructor
    public DeployPreprodFirstStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit; default {@code GIT_COMMIT}. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    @CheckForNull
    public String getTag() {
        return tag;
    }

    /** Gives the tag of the images; default: as the environment names the images of the commit. */
    @DataBoundSetter
    public void setTag(@CheckForNull String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    public boolean isRedeployRejected() {
        return redeployRejected;
    }

    /** Asks for a commit even though it was rolled back before. */
    @DataBoundSetter
    public void setRedeployRejected(boolean redeployRejected) {
        this.redeployRejected = redeployRejected;
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        FlowRequest request = new FlowRequest.Deploy(site.sha(sha), Util.fixNull(tag), redeployRejected);
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

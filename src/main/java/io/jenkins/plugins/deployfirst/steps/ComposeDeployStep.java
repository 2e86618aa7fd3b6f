package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Brings an environment's containers up as its compose files say, whatever its own compose action is. */
public final class ComposeDeployStep extends BlockingStep {
    private String sha;
    private String tag;
    private boolean redeployRejected;

    @DataBoundConstructor
    public ComposeDeployStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit; default: what the images of {@code tag} say, or without that what is live. */
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
        ResolvedEnvironment environment = site.resolve(this).with(ComposeSettings.Action.UP);
        FlowRequest request = new FlowRequest.Deploy(Util.fixNull(sha), Util.fixNull(tag), redeployRejected);
        return StepSite.requireDone(site.run(environment, request, DeploymentRecord.Kind.DEPLOY));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "composeDeploy";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeDeployStep_displayName();
        }
    }
}

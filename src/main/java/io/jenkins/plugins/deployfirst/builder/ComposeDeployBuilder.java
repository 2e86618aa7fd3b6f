package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.ComposeDeployStep;
import io.jenkins.plugins.deployfirst.steps.FlowStepDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Brings an environment's containers up as its compose files say. */
public final class ComposeDeployBuilder extends FlowBuilder {
    private String sha;
    private boolean redeployRejected;

    @DataBoundConstructor
    public ComposeDeployBuilder(String environment) {
        nameEnvironment(environment);
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit; default: what is live. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
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
    BlockingStep step(EnvVars variables) {
        ComposeDeployStep step = new ComposeDeployStep();
        step.setSha(variables.expand(sha));
        step.setRedeployRejected(redeployRejected);
        return step;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("composeDeploy")
    public static final class DescriptorImpl extends FlowBuilderDescriptor {
        @Override
        FlowStepDescriptor step() {
            return ExtensionList.lookupSingleton(ComposeDeployStep.DescriptorImpl.class);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeDeployBuilder_displayName();
        }
    }
}

package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.ComposeDeployStep;
import io.jenkins.plugins.deployfirst.steps.FlowStepDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Brings an environment's containers up as its compose files say. */
public final class ComposeDeployBuilder extends DeployBuilder {
    @DataBoundConstructor
    public ComposeDeployBuilder(String environment) {
        nameEnvironment(environment);
    }

    @Override
    BlockingStep step(EnvVars variables) {
        ComposeDeployStep step = new ComposeDeployStep();
        step.setSha(variables.expand(getSha()));
        step.setRedeployRejected(isRedeployRejected());
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

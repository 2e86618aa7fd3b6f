package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.ComposeDeployStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Brings an environment's containers up as its compose files say. */
public final class ComposeDeployBuilder extends FlowBuilder {
    private final ComposeDeployStep step;

    /** Makes it of a Pipeline step. */
    @DataBoundConstructor
    public ComposeDeployBuilder(ComposeDeployStep step) {
        this.step = step;
    }

    public ComposeDeployStep getStep() {
        return step;
    }

    @Override
    BlockingStep step() {
        return step;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("composeDeploy")
    public static final class DescriptorImpl extends FlowBuilderDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeDeployBuilder_displayName();
        }
    }
}

package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.HealthGateStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Waits until an environment, or any URL, is healthy. */
public final class HealthGateBuilder extends FlowBuilder {
    private final HealthGateStep step;

    /** Makes it of a Pipeline step. */
    @DataBoundConstructor
    public HealthGateBuilder(HealthGateStep step) {
        this.step = step;
    }

    public HealthGateStep getStep() {
        return step;
    }

    @Override
    BlockingStep step() {
        return step;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("healthGate")
    public static final class DescriptorImpl extends FlowBuilderDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HealthGateBuilder_displayName();
        }
    }
}

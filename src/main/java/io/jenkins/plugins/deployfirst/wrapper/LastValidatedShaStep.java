package io.jenkins.plugins.deployfirst.wrapper;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.steps.EnvironmentStatusStep;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Gives its body {@code LIVE_SHA} and {@code LAST_VALIDATED_SHA}, and stores the last validated release with the build
 * when the body has succeeded.
 *
 * <p>A step of its own, and not {@link LastValidatedShaWrapper} under a symbol, because the Pipeline runs a wrapper's
 * tear-down after a failed body just as after a successful one and says nothing about which it was: {@code
 * SimpleBuildWrapper.Disposer} sees a build whose result is not set yet. Only a step hears how its body ended.
 */
public final class LastValidatedShaStep extends Step {
    private final String environment;

    /**
     * Makes the step.
     *
     * @param environment the name of one of the global configuration
     */
    @DataBoundConstructor
    public LastValidatedShaStep(String environment) {
        this.environment = Util.fixNull(environment).strip();
    }

    public String getEnvironment() {
        return environment;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new LastValidatedShaExecution(environment, context);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "withLastValidatedSha";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LastValidatedSha_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Returns the environment that a new form begins with; {@code owner} is what its page is about. */
        public String usualEnvironment(@CheckForNull Object owner) {
            return ExtensionList.lookupSingleton(EnvironmentStatusStep.DescriptorImpl.class)
                    .usualEnvironment(owner, 0);
        }

        /** Lists the environments that the job may use; what is chosen stays listed. */
        @POST
        public ListBoxModel doFillEnvironmentItems(@AncestorInPath Item item, @QueryParameter String environment) {
            return ExtensionList.lookupSingleton(EnvironmentStatusStep.DescriptorImpl.class)
                    .doFillEnvironmentItems(item, environment);
        }
    }
}

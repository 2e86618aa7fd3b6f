package io.jenkins.plugins.deployfirst.wrapper;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.tasks.BuildWrapperDescriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.action.ValidatedShaAction;
import io.jenkins.plugins.deployfirst.steps.EnvironmentStatusStep;
import java.io.IOException;
import jenkins.tasks.SimpleBuildWrapper;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Does for a Freestyle build what {@link LastValidatedShaStep} does for a part of a Pipeline.
 *
 * <p>It has no symbol, so that in a Pipeline the name {@code withLastValidatedSha} means the step alone. Who runs it there
 * all the same, by {@code wrap([$class: 'LastValidatedShaWrapper', …])}, gets the variables, and a line in the log that
 * nothing is stored, because a wrapper does not hear whether its body succeeded.
 */
public final class LastValidatedShaWrapper extends SimpleBuildWrapper {
    private final String environment;

    /**
     * Makes the wrapper.
     *
     * @param environment the name of one of the global configuration; may hold variables such as {@code ${TARGET}}
     */
    @DataBoundConstructor
    public LastValidatedShaWrapper(String environment) {
        this.environment = Util.fixNull(environment).strip();
    }

    public String getEnvironment() {
        return environment;
    }

    @Override
    public void setUp(
            Context context,
            Run<?, ?> build,
            FilePath workspace,
            Launcher launcher,
            TaskListener listener,
            EnvVars initialEnvironment)
            throws IOException, InterruptedException {
        String name = initialEnvironment.expand(environment);
        Releases.ask(name, build, launcher.getChannel(), listener).variables().forEach(context::env);
        context.setDisposer(new StoreOnSuccess(name));
    }

    /** Stores the release when the build steps have succeeded. */
    private static final class StoreOnSuccess extends Disposer {
        private static final long serialVersionUID = 1L;

        private final String environment;

        StoreOnSuccess(String environment) {
            this.environment = environment;
        }

        @Override
        public void tearDown(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            if (!(build instanceof AbstractBuild)) {
                listener.getLogger()
                        .println("The last validated release is not stored with the build, because wrap does not tell"
                                + " whether its body succeeded. Use withLastValidatedSha(environment: '" + environment
                                + "') { } instead.");
            } else if (build.getResult() == null || build.getResult() == Result.SUCCESS) {
                Releases.store(environment, build, launcher.getChannel(), listener);
            }
        }
    }

    /**
     * Takes it back from a build that has not succeeded after all: when a build step throws, the result is not known yet
     * while the wrapper ends.
     */
    @Extension
    public static final class Failures extends RunListener<AbstractBuild<?, ?>> {
        @Override
        public void onCompleted(AbstractBuild<?, ?> build, @NonNull TaskListener listener) {
            if (build.getResult() != Result.SUCCESS) {
                build.removeActions(ValidatedShaAction.class);
            }
        }
    }

    /** Describes the wrapper. */
    @Extension
    public static final class DescriptorImpl extends BuildWrapperDescriptor {
        @Override
        public boolean isApplicable(AbstractProject<?, ?> job) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LastValidatedSha_displayName();
        }

        /** Lists the environments that the job may use; what is chosen stays listed. */
        @POST
        public ListBoxModel doFillEnvironmentItems(@AncestorInPath Item item, @QueryParameter String environment) {
            return ExtensionList.lookupSingleton(EnvironmentStatusStep.DescriptorImpl.class)
                    .doFillEnvironmentItems(item, environment);
        }
    }
}

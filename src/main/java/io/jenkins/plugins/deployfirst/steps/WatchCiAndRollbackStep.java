package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Watches a live commit's CI: marks it validated when CI succeeds, takes the environment back when it fails. */
public final class WatchCiAndRollbackStep extends FlowStep {
    private String sha;
    private boolean failBuild = true;
    private boolean background;

    @DataBoundConstructor
    public WatchCiAndRollbackStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit, full or abbreviated; default: what this build deployed to the environment, or else {@code GIT_COMMIT}. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    public boolean isFailBuild() {
        return failBuild;
    }

    /**
     * Says whether a rollback makes the build a failure and a missing verdict makes it unstable, instead of only being
     * returned; default true.
     */
    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    public boolean isBackground() {
        return background;
    }

    /** Says whether the step returns at once and the watch outlives the build, with a log of its own; default false. */
    @DataBoundSetter
    public void setBackground(boolean background) {
        this.background = background;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return background ? new WatchStartExecution(this, context) : new WatchExecution(this, context);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "watchCiAndRollback";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WatchCiAndRollbackStep_displayName();
        }
    }
}

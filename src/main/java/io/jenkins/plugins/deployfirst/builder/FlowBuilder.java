package io.jenkins.plugins.deployfirst.builder;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.FlowStep;
import io.jenkins.plugins.deployfirst.steps.StepSite;
import java.io.IOException;

/**
 * A build step of Freestyle jobs that holds a Pipeline step, shows its form, and does what it does on the agent of the
 * build. Aborting the build ends the command on the host as well.
 */
public abstract class FlowBuilder extends Builder {
    /** Returns the Pipeline step; its own texts may hold variables such as {@code ${TARGET}}. */
    abstract BlockingStep step();

    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        BlockingStep step = Expansion.of(step(), variables, listener);
        if (step.getDefinition() != null) {
            throw new AbortException("definition: a build step names its environment. Define that in Manage Jenkins »"
                    + " System » Deploy First, or in the configuration of a folder, and give its name.");
        }
        StepSite site = new StepSite(build, listener, variables, build.getWorkspace());
        try {
            performed(step, site, step.perform(site));
            return true;
        } catch (AbortException e) {
            site.tellWhereToMend(step.subject(), e);
            throw e;
        } catch (InterruptedException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /**
     * Does what is to be done after it has succeeded.
     *
     * @param result what the step would have returned to a pipeline
     * @throws AbortException in one line with the remedy
     */
    void performed(FlowStep done, StepSite site, Object result) throws IOException {
        // Most have nothing more to do.
    }
}

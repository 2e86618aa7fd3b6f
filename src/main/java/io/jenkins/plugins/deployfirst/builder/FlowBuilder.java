package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.FlowStep;
import io.jenkins.plugins.deployfirst.steps.StepSite;
import java.io.IOException;

/**
 * A build step of Freestyle jobs that does what a Pipeline step does, on the agent of the build. Aborting the build ends
 * the command on the host as well.
 */
public abstract class FlowBuilder extends Builder {
    private String environment;

    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    /** Names an environment of the global configuration; may hold variables such as {@code ${TARGET}}. */
    void nameEnvironment(@CheckForNull String name) {
        this.environment = Util.fixEmptyAndTrim(name);
    }

    /** Returns the Pipeline step that does it; texts are expanded by the build's variables. */
    abstract BlockingStep step(EnvVars variables);

    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        BlockingStep step = step(variables);
        step.setEnvironment(variables.expand(environment));
        StepSite site = new StepSite(build, listener, variables, build.getWorkspace());
        try {
            performed(step, site, step.perform(site));
            return true;
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
    void performed(FlowStep step, StepSite site, Object result) throws IOException {
        // Most have nothing more to do.
    }
}

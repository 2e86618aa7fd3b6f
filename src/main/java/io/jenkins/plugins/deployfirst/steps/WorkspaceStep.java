package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that works in the workspace, on its node, and changes no environment. */
public abstract class WorkspaceStep extends Step implements Blocking {
    private String timeout;

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    /** Says how long each of its commands may take. */
    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    final Duration timeout(Duration otherwise) {
        return duration("timeout", timeout, otherwise);
    }

    static Duration duration(String field, @CheckForNull String text, Duration otherwise) {
        return text == null ? otherwise : DurationText.parse(field, text);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new BlockingExecution(this, context);
    }

    @Override
    public String subject() {
        return "";
    }

    @Override
    public final Object perform(StepSite site) throws Exception {
        try {
            return work(site);
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Does what the step is for, and returns what it returns to the pipeline.
     *
     * @throws DeployFirstException when it is asked for something wrong
     */
    abstract Object work(StepSite site) throws Exception;

    /** Describes such a step. */
    public abstract static class WorkspaceStepDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class);
        }

        @POST
        public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> DurationText.parse("timeout", value));
        }
    }
}

package io.jenkins.plugins.deployfirst.steps;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that is busy from its beginning to its end. */
public abstract class BlockingStep extends FlowStep {
    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new BlockingExecution(this, context);
    }

    /**
     * Does what the step is for, on a thread of its own. Interrupting it ends the work on the host.
     *
     * @return what the step returns to the pipeline
     * @throws hudson.AbortException in one line with the remedy
     */
    public abstract Object perform(StepSite site) throws Exception;
}

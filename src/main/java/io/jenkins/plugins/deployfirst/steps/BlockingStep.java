package io.jenkins.plugins.deployfirst.steps;

import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step on an environment that is busy from its beginning to its end. */
public abstract class BlockingStep extends FlowStep implements Blocking {
    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new BlockingExecution(this, context);
    }

    @Override
    public String subject() {
        return Util.fixNull(getEnvironment());
    }
}

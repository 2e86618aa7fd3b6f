package io.jenkins.plugins.deployfirst.steps;

import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** What {@link BlockingExecution} runs: a step that is busy from its beginning to its end. */
interface Blocking {
    /**
     * Does what the step is for, on a thread of its own. Interrupting it ends the work on the host.
     *
     * @return what the step returns to the pipeline
     * @throws hudson.AbortException in one line with the remedy
     */
    Object perform(StepSite site) throws Exception;

    /** Names the environment that it works on; empty when that has no name. */
    String subject();

    StepDescriptor getDescriptor();
}

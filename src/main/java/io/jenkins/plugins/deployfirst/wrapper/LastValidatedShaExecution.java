package io.jenkins.plugins.deployfirst.wrapper;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Asks the host on a thread of its own, runs the body, and asks again when the body has succeeded. A restart of Jenkins
 * while the body runs does not matter; one that comes while the host is asked fails the step.
 */
final class LastValidatedShaExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1L;

    private final String environment;

    LastValidatedShaExecution(String environment, StepContext context) {
        super(context);
        this.environment = environment;
    }

    @Override
    public boolean start() {
        run(this::enter);
        return false;
    }

    private void enter() throws IOException, InterruptedException {
        StepContext context = getContext();
        Releases releases =
                Releases.ask(environment, context.get(Run.class), channel(context), context.get(TaskListener.class));
        context.newBodyInvoker()
                .withContext(EnvironmentExpander.merge(
                        context.get(EnvironmentExpander.class), EnvironmentExpander.constant(releases.variables())))
                .withCallback(new Callback())
                .start();
    }

    private void store(StepContext context, Object result) throws IOException, InterruptedException {
        Releases.store(environment, context.get(Run.class), channel(context), context.get(TaskListener.class));
        getContext().onSuccess(result);
    }

    /** Inside {@code node} the agent asks, else the controller. */
    @CheckForNull
    private static VirtualChannel channel(StepContext context) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        return workspace == null ? null : workspace.getChannel();
    }

    /** Hears how the body ended. */
    private final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            // Not here: the Pipeline's own thread must not wait for a host.
            run(() -> store(context, result));
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            getContext().onFailure(failure);
        }
    }
}

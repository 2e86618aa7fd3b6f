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
 * Asks the host on a thread of its own, runs the body, and asks again when the body has succeeded.
 *
 * <p>{@link #part} tells how far it is, and changes only on the Pipeline's own thread, so that what is saved fits the rest
 * of the program. A restart of Jenkins while the host is asked asks it again, as asking changes nothing; one while the body
 * runs does not matter.
 */
final class LastValidatedShaExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1L;
    private static final int PATIENCE_SECONDS = 300;

    /** How far it is. */
    private enum Part {
        ASKING,
        BODY,
        STORING
    }

    private final String environment;
    private volatile Part part = Part.ASKING;
    /** What the body has returned, once it has. */
    private Object result;

    LastValidatedShaExecution(String environment, StepContext context) {
        super(context);
        this.environment = environment;
    }

    @Override
    public boolean start() {
        run(this::enter);
        return false;
    }

    @Override
    public void onResume() {
        switch (part) {
            case ASKING -> run(this::enter);
            case STORING -> run(this::store);
            case BODY -> {
                // It goes on by itself.
            }
        }
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

    private void store() throws IOException, InterruptedException {
        StepContext context = getContext();
        Releases.store(environment, context.get(Run.class), channel(context), context.get(TaskListener.class));
        context.onSuccess(result);
    }

    /** Inside {@code node} the agent asks, else the controller. After a restart the agent may take a while to be back. */
    @CheckForNull
    private static VirtualChannel channel(StepContext context) throws IOException, InterruptedException {
        for (int seconds = 0; ; seconds++) {
            try {
                FilePath workspace = context.get(FilePath.class);
                return workspace == null ? null : workspace.getChannel();
            } catch (IOException e) {
                if (seconds == PATIENCE_SECONDS) {
                    throw e;
                }
                Thread.sleep(1_000);
            }
        }
    }

    /** Hears how the body begins and ends. */
    private final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onStart(StepContext context) {
            part = Part.BODY;
        }

        @Override
        public void onSuccess(StepContext context, Object bodyResult) {
            result = bodyResult;
            part = Part.STORING;
            // Not here: the Pipeline's own thread must not wait for a host.
            run(LastValidatedShaExecution.this::store);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            getContext().onFailure(failure);
        }
    }
}

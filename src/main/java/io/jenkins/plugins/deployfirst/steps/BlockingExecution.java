package io.jenkins.plugins.deployfirst.steps;

import hudson.AbortException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a step that blocks, on a thread of its own.
 *
 * <p>Its life: {@link #start} hands the work to the thread pool. Its end is the step's end. {@link #stop} (an aborted
 * build, {@code timeout}) interrupts the work; the step ends when the command on the host has been ended too, or after
 * {@value #PATIENCE_SECONDS} s in any case. A restart of Jenkins cuts the work off: {@link #onResume} then says what to
 * do, because whether a deployment is wanted again is for the build to decide.
 */
final class BlockingExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final int PATIENCE_SECONDS = 60;

    // Serialized state.
    private final String function;

    // Live handles: null after a restart.
    private final transient Blocking step;
    private final transient AtomicBoolean ended = new AtomicBoolean();
    private final transient long started = System.nanoTime();
    private transient volatile Work work;
    private transient volatile Throwable stopCause;

    BlockingExecution(Blocking step, StepContext context) {
        super(context);
        this.step = step;
        this.function = step.getDescriptor().getFunctionName();
    }

    @Override
    public boolean start() {
        work = Work.start(function, this::perform, this::end);
        return false;
    }

    private Object perform() throws Exception {
        StepSite site = StepSite.of(getContext());
        try {
            return step.perform(site);
        } catch (AbortException e) {
            site.tellWhereToMend(step.subject(), e);
            throw e;
        }
    }

    @Override
    public void stop(Throwable cause) {
        stopCause = cause;
        if (work == null) {
            getContext().onFailure(cause);
            return;
        }
        work.stop();
        Timer.get().schedule(() -> end(null, cause), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void end(Object result, Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Throwable stopped = stopCause;
        if (stopped != null) {
            getContext().onFailure(stopped);
        } else if (failure != null) {
            getContext().onFailure(failure);
        } else {
            getContext().onSuccess(result);
        }
    }

    @Override
    public void onResume() {
        getContext()
                .onFailure(new AbortException(function + " was cut off by a restart of Jenkins, perhaps half way."
                        + " Run the build again: it goes on from where it was."));
    }

    /** A safe restart waits for the end. */
    @Override
    public boolean blocksRestart() {
        return true;
    }

    @Override
    public String getStatus() {
        if (step == null) {
            return "cut off by a restart";
        }
        String name = step.subject().isEmpty() ? "" : " on " + step.subject();
        return "running" + name + " for " + DurationText.format(Duration.ofNanos(System.nanoTime() - started));
    }
}

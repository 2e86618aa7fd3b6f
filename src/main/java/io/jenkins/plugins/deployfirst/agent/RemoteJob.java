package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/**
 * Carries a job to an agent; its log streams back, its events are told as they come, and a cancelled call interrupts it
 * there.
 */
final class RemoteJob extends MasterToSlaveCallable<RemoteJob.Result, InterruptedException> {
    private static final long serialVersionUID = 1L;

    /** The jobs that run in this process, each with what tells its end. */
    private static final ConcurrentMap<String, CountDownLatch> RUNNING = new ConcurrentHashMap<>();

    private final String id;
    private final String job;
    private final TaskListener listener;
    private final FlowEvents events;
    private final String mark;
    private final AskedCi ci;

    /**
     * What a job came to, and what it has told meanwhile.
     *
     * @param events all of them: those told from the agent may still be on their way
     */
    record Result(FlowOutcome outcome, List<FlowEvent> events) implements Serializable {}

    /**
     * Packs a job.
     *
     * @param ci what it may ask the controller
     * @param channel that it goes over
     */
    RemoteJob(String id, Job job, Optional<BuildCi> ci, FlowLog log, VirtualChannel channel) {
        this.id = id;
        this.job = EngineJson.write(job, Job.class);
        this.listener = log.listener();
        this.events = proxy(FlowEvents.class, log.events(), channel);
        this.mark = log.mark();
        this.ci = proxy(AskedCi.class, ci.map(ControllerCi::new).orElse(null), channel);
    }

    /** Exported outside the call, it is there until the agent has dropped it, also for what arrives after the result. */
    @CheckForNull
    private static <T> T proxy(Class<T> type, @CheckForNull T object, VirtualChannel channel) {
        return object == null ? null : channel.export(type, object);
    }

    @Override
    public Result call() throws InterruptedException {
        JschClasses.define();
        CountDownLatch end = new CountDownLatch(1);
        RUNNING.put(id, end);
        try {
            Job read = EngineJson.read(job, Job.class);
            LogProgress progress = new LogProgress(new FlowLog(listener, events, mark), read.elapsed());
            FlowOutcome outcome = read.run(new JobSite(
                    Http.onAgent(), progress, Optional.ofNullable(ci).map(RemoteCi::new)));
            return new Result(outcome, progress.events());
        } finally {
            RUNNING.remove(id);
            end.countDown();
        }
    }

    /** Waits on the agent for the end of a job that was cancelled: cancelling by itself waits for nothing. */
    static final class End extends MasterToSlaveCallable<Boolean, InterruptedException> {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final long seconds;

        End(String id, long seconds) {
            this.id = id;
            this.seconds = seconds;
        }

        @Override
        public Boolean call() throws InterruptedException {
            CountDownLatch end = RUNNING.get(id);
            return end == null || end.await(seconds, TimeUnit.SECONDS);
        }
    }
}

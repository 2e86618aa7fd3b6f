package io.jenkins.plugins.deployfirst.agent;

import hudson.model.TaskListener;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/** Carries a job to an agent; its log streams back, and a cancelled call interrupts it there. */
final class RemoteJob extends MasterToSlaveCallable<FlowOutcome, InterruptedException> {
    private static final long serialVersionUID = 1L;

    /** The jobs that run in this process, each with what tells its end. */
    private static final ConcurrentMap<String, CountDownLatch> RUNNING = new ConcurrentHashMap<>();

    private final String id;
    private final String job;
    private final TaskListener listener;

    RemoteJob(String id, Job job, TaskListener listener) {
        this.id = id;
        this.job = EngineJson.write(job, Job.class);
        this.listener = listener;
    }

    @Override
    public FlowOutcome call() throws InterruptedException {
        JschClasses.define();
        CountDownLatch end = new CountDownLatch(1);
        RUNNING.put(id, end);
        try {
            Job read = EngineJson.read(job, Job.class);
            return read.run(Http.onAgent(), new LogProgress(listener, read.elapsed()));
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

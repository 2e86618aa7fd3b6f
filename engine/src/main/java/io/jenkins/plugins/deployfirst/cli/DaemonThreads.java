package io.jenkins.plugins.deployfirst.cli;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** The threads that flows of the command line run on beside the main one; none keeps the program alive. */
final class DaemonThreads {
    private static final ThreadFactory DAEMONS = work -> {
        Thread thread = new Thread(work, "Deploy First: worker");
        thread.setDaemon(true);
        return thread;
    };

    private DaemonThreads() {}

    /** Returns a timer for what waits. */
    static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(DAEMONS);
    }

    /** Returns an executor for what blocks. */
    static Executor worker() {
        return Executors.newCachedThreadPool(DAEMONS);
    }
}

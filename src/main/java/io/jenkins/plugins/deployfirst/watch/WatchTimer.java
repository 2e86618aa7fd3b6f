package io.jenkins.plugins.deployfirst.watch;

import hudson.security.ACL;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import jenkins.security.ImpersonatingScheduledExecutorService;

/** Starts the reads of all watches; a few threads serve thousands of them, and a cancelled watch leaves nothing behind. */
public final class WatchTimer {
    private static final int THREADS = 2;
    private static final ScheduledExecutorService TIMER = create();

    private WatchTimer() {}

    public static ScheduledExecutorService get() {
        return TIMER;
    }

    private static ScheduledExecutorService create() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                THREADS,
                new NamingThreadFactory(
                        new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "Deploy First: CI watches"));
        pool.setRemoveOnCancelPolicy(true);
        return new ImpersonatingScheduledExecutorService(pool, ACL.SYSTEM2);
    }
}

package io.jenkins.plugins.deployfirst.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls something ten times a second, from a thread that keeps no process alive. */
interface Ticker {
    void stop();

    static Ticker none() {
        return () -> {};
    }

    static Ticker start(Runnable tick) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "progress");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleAtFixedRate(tick, 100, 100, TimeUnit.MILLISECONDS);
        return thread::shutdownNow;
    }
}

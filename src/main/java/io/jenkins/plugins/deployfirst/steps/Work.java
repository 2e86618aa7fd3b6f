package io.jenkins.plugins.deployfirst.steps;

import hudson.model.Computer;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** Something that blocks, done on a thread of Jenkins' pool; it can be interrupted, and always tells its end. */
final class Work {
    private final String name;
    private final Callable<Object> body;
    private final BiConsumer<Object, Throwable> end;
    private Thread runner;
    private boolean stopped;

    private Work(String name, Callable<Object> body, BiConsumer<Object, Throwable> end) {
        this.name = name;
        this.body = body;
        this.end = end;
    }

    /**
     * Starts it.
     *
     * @param name what the thread is called meanwhile
     * @param end hears the result, or why there is none; exactly once
     */
    static Work start(String name, Callable<Object> body, BiConsumer<Object, Throwable> end) {
        Work work = new Work(name, body, end);
        Computer.threadPoolForRemoting.execute(work::run);
        return work;
    }

    /** Interrupts it; its end comes when it has cleaned up. */
    synchronized void stop() {
        stopped = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    private void run() {
        Thread thread = Thread.currentThread();
        String poolName = thread.getName();
        thread.setName("Deploy First: " + name);
        Object result = null;
        Throwable failure = null;
        try {
            begin(thread);
            result = body.call();
        } catch (Throwable e) {
            // Also errors: whoever waits for the end must hear of it.
            failure = e;
        }
        finish();
        thread.setName(poolName);
        end.accept(result, failure);
    }

    private synchronized void begin(Thread thread) throws InterruptedException {
        if (stopped) {
            throw new InterruptedException();
        }
        runner = thread;
    }

    /** From here on the thread is the pool's again; an interruption that came too late must not reach its next task. */
    private synchronized void finish() {
        runner = null;
        Thread.interrupted();
    }
}

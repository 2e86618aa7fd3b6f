package io.jenkins.plugins.deployfirst.overview;

import hudson.model.Computer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Looks at environments in the background: at a few hosts at once, and at each for a limited time. */
final class LookQueue {
    static final int AT_ONCE = 8;
    static final int DEADLINE_SECONDS = 30;
    private static final Logger LOGGER = Logger.getLogger(LookQueue.class.getName());

    private final Executor threads;
    private final Consumer<EnvironmentKey> look;

    // Guarded by this.
    private final Set<EnvironmentKey> urgent = new LinkedHashSet<>();
    private final Set<EnvironmentKey> waiting = new LinkedHashSet<>();
    private final Set<EnvironmentKey> running = new HashSet<>();
    private boolean stopped;

    /**
     * Makes an empty one.
     *
     * @param look is interrupted after {@value #DEADLINE_SECONDS} s
     */
    LookQueue(Consumer<EnvironmentKey> look) {
        this(look, Computer.threadPoolForRemoting);
    }

    LookQueue(Consumer<EnvironmentKey> look, Executor threads) {
        this.look = look;
        this.threads = threads;
    }

    /** Has an environment looked at when its turn comes, unless that will be done anyway. */
    synchronized void ask(EnvironmentKey key) {
        if (!running.contains(key) && !urgent.contains(key)) {
            waiting.add(key);
            start();
        }
    }

    /** Has an environment looked at before those that wait; once more, if it is being looked at. */
    synchronized void askFirst(EnvironmentKey key) {
        waiting.remove(key);
        urgent.add(key);
        start();
    }

    /** Returns whether an environment is being looked at, or will be. */
    synchronized boolean isAsked(EnvironmentKey key) {
        return running.contains(key) || urgent.contains(key) || waiting.contains(key);
    }

    /** Begins no look any more; those that are under way may go on for a while. */
    synchronized void stop() {
        stopped = true;
        urgent.clear();
        waiting.clear();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void start() {
        start(urgent);
        start(waiting);
    }

    /** One that is being looked at stays where it is, until that has ended. */
    private void start(Set<EnvironmentKey> line) {
        Iterator<EnvironmentKey> next = line.iterator();
        while (!stopped && running.size() < AT_ONCE && next.hasNext()) {
            EnvironmentKey key = next.next();
            if (running.add(key)) {
                next.remove();
                threads.execute(() -> run(key));
            }
        }
    }

    private void run(EnvironmentKey key) {
        Deadline deadline = new Deadline();
        try {
            look.accept(key);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The look at " + key + " failed");
        } finally {
            deadline.end();
            end(key);
        }
    }

    private synchronized void end(EnvironmentKey key) {
        running.remove(key);
        start();
    }

    /** Interrupts the thread that made it when its time is over. */
    private static final class Deadline {
        private final Thread thread = Thread.currentThread();
        private final Future<?> alarm = Timer.get().schedule(this::ring, DEADLINE_SECONDS, TimeUnit.SECONDS);
        private boolean over;

        private synchronized void ring() {
            if (!over) {
                thread.interrupt();
            }
        }

        /** From now on the thread is not interrupted any more: it belongs to others. */
        private synchronized void end() {
            over = true;
            alarm.cancel(false);
            Thread.interrupted();
        }
    }
}

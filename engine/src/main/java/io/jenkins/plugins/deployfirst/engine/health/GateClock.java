package io.jenkins.plugins.deployfirst.engine.health;

import java.time.Duration;

/** The time that a gate measures and waits by. */
interface GateClock {
    GateClock SYSTEM = new GateClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis());
        }
    };

    /** Returns the time since an arbitrary moment. */
    long nanos();

    void sleep(Duration pause) throws InterruptedException;
}

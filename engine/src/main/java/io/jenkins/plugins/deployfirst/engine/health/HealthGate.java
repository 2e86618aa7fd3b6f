package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.List;

/**
 * Waits until everything that a release needs is healthy, or has had its chances.
 *
 * <p>In the start period failing does not count: probes follow each other quickly, so that the gate opens as soon as the
 * service is ready. After it a fixed number of attempts is made. The first success passes. Probes are asked one after the
 * other, because those on the host share its one shell; one that is healthy is not asked again until the others are, and
 * then once more, because a container that ran at first may have died while the page was coming up. An answer that stays
 * as it is ends the waiting at once.
 */
public final class HealthGate {
    private final GateClock clock;

    public HealthGate() {
        this(GateClock.SYSTEM);
    }

    HealthGate(GateClock clock) {
        this.clock = clock;
    }

    /**
     * Waits; with no probes it passes at once.
     *
     * @param progress hears what is not healthy yet: when the answer changes and every 5 s, and each counted attempt
     * @throws InterruptedException when the flow is aborted
     */
    public GateResult await(List<Probe> probes, GateTiming timing, Progress progress) throws InterruptedException {
        return new GateRun(probes, timing, progress, clock).await();
    }

    /**
     * Asks each probe once, now.
     *
     * @param timeout for each
     * @throws InterruptedException when the flow is aborted
     */
    public GateResult once(List<Probe> probes, Duration timeout) throws InterruptedException {
        GateTiming once = new GateTiming(Duration.ZERO, 1, Duration.ZERO, timeout);
        return await(probes, once, Progress.NONE);
    }
}

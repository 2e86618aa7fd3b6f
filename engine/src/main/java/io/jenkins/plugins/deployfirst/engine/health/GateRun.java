package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One passage through a gate: what was asked so far, and what is still waited for. */
final class GateRun {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);
    private static final int KEPT = 100;

    private final List<Probe> probes;
    private final GateTiming timing;
    private final Progress progress;
    private final GateLog log;
    private final GateClock clock;
    private final long start;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private List<Probe> unhealthy;
    private boolean hopeless;

    GateRun(List<Probe> probes, GateTiming timing, Progress progress, GateClock clock) {
        this.probes = List.copyOf(probes);
        this.timing = timing;
        this.progress = progress;
        this.log = new GateLog(progress, probes.size() > 1);
        this.clock = clock;
        this.start = clock.nanos();
        this.unhealthy = this.probes;
    }

    GateResult await() throws InterruptedException {
        boolean healthy = probes.isEmpty() || becomesHealthyWhileStarting() || passesAnAttempt();
        if (healthy && !probes.isEmpty()) {
            progress.info("health: healthy after " + DurationText.format(elapsed()));
        }
        return new GateResult(healthy, List.copyOf(attempts));
    }

    private boolean becomesHealthyWhileStarting() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (startPeriodLeft().compareTo(Duration.ZERO) > 0) {
            if (allHealthy(0)) {
                return true;
            }
            if (hopeless) {
                return false;
            }
            clock.sleep(longer(Duration.ZERO, shorter(pause, startPeriodLeft())));
            pause = shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
        }
        return false;
    }

    private boolean passesAnAttempt() throws InterruptedException {
        for (int attempt = 1; attempt <= timing.attempts() && !hopeless; attempt++) {
            if (attempt > 1) {
                clock.sleep(timing.interval());
            }
            if (allHealthy(attempt)) {
                return true;
            }
        }
        return false;
    }

    /** Asks what was unhealthy; when all of that has become healthy, asks the others again. */
    private boolean allHealthy(int attempt) throws InterruptedException {
        List<Probe> asked = unhealthy;
        unhealthy = unhealthyOf(asked, attempt);
        if (unhealthy.isEmpty()) {
            List<Probe> healthyBefore =
                    probes.stream().filter(probe -> !asked.contains(probe)).toList();
            unhealthy = unhealthyOf(healthyBefore, attempt);
        }
        return unhealthy.isEmpty();
    }

    private List<Probe> unhealthyOf(List<Probe> asked, int attempt) throws InterruptedException {
        List<Probe> found = new ArrayList<>();
        for (Probe probe : asked) {
            if (!ask(probe, attempt).healthy()) {
                found.add(probe);
            }
        }
        return found;
    }

    private ProbeResult ask(Probe probe, int attempt) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for health");
        }
        boolean starting = attempt == 0;
        long asked = clock.nanos();
        ProbeResult result = probe.probe(starting ? limitWhileStarting() : timing.timeout());
        hopeless |= result.lasting();
        Duration latency = Duration.ofNanos(clock.nanos() - asked);
        if (attempts.size() == KEPT) {
            attempts.removeFirst();
        }
        Attempt made = new Attempt(
                probe.describe(), starting, result.healthy(), result.status(), latency.toMillis(), result.message());
        attempts.addLast(made);
        if (starting) {
            log.starting(made, elapsed());
        } else {
            log.counted(made, attempt, timing.attempts(), elapsed());
        }
        return result;
    }

    /**
     * A probe that hangs takes at most a third of the start period, so that the service that it caught too early is asked
     * again; a slow one is never cut below a second, and the counted attempts give it the whole timeout.
     */
    private Duration limitWhileStarting() {
        Duration share = shorter(timing.startPeriod().dividedBy(3), startPeriodLeft());
        return shorter(timing.timeout(), longer(SHORTEST_LIMIT, share));
    }

    private Duration startPeriodLeft() {
        return timing.startPeriod().minus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(clock.nanos() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Tells people what a gate waits for without a line for each of many quick probes. */
final class GateLog {
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Progress progress;
    private final boolean several;
    private final Map<Probe, Told> told = new HashMap<>();

    GateLog(Progress progress, boolean several) {
        this.progress = progress;
        this.several = several;
    }

    /** A probe in the start period: told when its answer is another than before, or after 5 s of silence. */
    void starting(Probe probe, ProbeResult result, Duration elapsed) {
        // The body may differ each time; the status is what makes an answer another one.
        String answer = result.status().isEmpty() ? result.message() : result.status();
        Told before = told.get(probe);
        boolean silentForLong = before == null || elapsed.minus(before.at()).compareTo(SILENCE) >= 0;
        if (!result.healthy() && (silentForLong || !before.answer().equals(answer))) {
            told.put(probe, new Told(answer, elapsed));
            progress.info("health: " + named(probe) + result.message() + " (" + DurationText.format(elapsed) + ")");
        }
    }

    /** A counted attempt: always told, unless it is healthy, which the gate tells in the end. */
    void counted(Probe probe, ProbeResult result, int attempt, int attempts, Duration elapsed) {
        if (!result.healthy()) {
            progress.info("health: attempt " + attempt + " of " + attempts + ": " + named(probe) + result.message()
                    + " (" + DurationText.format(elapsed) + ")");
        }
    }

    private String named(Probe probe) {
        return several ? probe.describe() + ": " : "";
    }

    private record Told(String answer, Duration at) {}
}

package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.Attempt;
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
    private final Map<String, Told> told = new HashMap<>();

    GateLog(Progress progress, boolean several) {
        this.progress = progress;
        this.several = several;
    }

    /** A probe in the start period: told when its answer is another than before, or after 5 s of silence. */
    void starting(Attempt made, Duration elapsed) {
        // The body may differ each time; the status is what makes an answer another one.
        String answer = made.status().isEmpty() ? made.message() : made.status();
        Told before = told.get(made.probe());
        boolean silentForLong = before == null || elapsed.minus(before.at()).compareTo(SILENCE) >= 0;
        if (made.healthy()) {
            progress.probed(made);
        } else if (silentForLong || !before.answer().equals(answer)) {
            told.put(made.probe(), new Told(answer, elapsed));
            progress.probed(made);
            progress.info("health: " + named(made) + made.message() + " (" + DurationText.format(elapsed) + ")");
        }
    }

    /** A counted attempt: always told; in words only when it is not healthy, since the gate tells success in the end. */
    void counted(Attempt made, int attempt, int attempts, Duration elapsed) {
        progress.probed(made);
        if (!made.healthy()) {
            progress.info("health: attempt " + attempt + " of " + attempts + ": " + named(made) + made.message() + " ("
                    + DurationText.format(elapsed) + ")");
        }
    }

    private String named(Attempt made) {
        return several ? made.probe() + ": " : "";
    }

    private record Told(String answer, Duration at) {}
}

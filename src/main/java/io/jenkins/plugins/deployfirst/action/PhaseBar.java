package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A phase as a bar of a timeline: where it begins and how long it is, in percent of the whole. */
public final class PhaseBar {
    /** So that the shortest phase can still be seen. */
    private static final double NARROWEST = 0.8;

    private static final int SHORT_MILLIS = 100;

    private final String name;
    private final double start;
    private final double width;
    private final long millis;

    private PhaseBar(String name, double start, double width, long millis) {
        this.name = name;
        this.start = start;
        this.width = width;
        this.millis = millis;
    }

    static List<PhaseBar> of(List<PhaseRecord> phases) {
        long whole = Math.max(
                1, phases.stream().mapToLong(PhaseRecord::getDurationMillis).sum());
        List<PhaseBar> bars = new ArrayList<>();
        long begin = 0;
        for (PhaseRecord phase : phases) {
            double width = Math.max(NARROWEST, 100.0 * phase.getDurationMillis() / whole);
            double start = Math.min(100.0 * begin / whole, 100 - width);
            bars.add(new PhaseBar(phase.getName(), start, width, phase.getDurationMillis()));
            begin += phase.getDurationMillis();
        }
        return bars;
    }

    public String getName() {
        return name;
    }

    /** Returns the beginning in percent, as SVG attributes take it. */
    public String getStart() {
        return String.format(Locale.ROOT, "%.2f", start);
    }

    /** Returns the width in percent, as SVG attributes take it. */
    public String getWidth() {
        return String.format(Locale.ROOT, "%.2f", width);
    }

    public String getDuration() {
        return millis < SHORT_MILLIS ? millis + " ms" : DurationText.format(Duration.ofMillis(millis));
    }
}

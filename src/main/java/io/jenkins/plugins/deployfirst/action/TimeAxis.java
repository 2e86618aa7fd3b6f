package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** The common axis of phases, from the first one's beginning to the last one's end. */
final class TimeAxis {
    private static final int MOST_TICKS = 5;
    private static final long[] STEPS = LongStream.of(
                    10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000,
                    600_000, 1_200_000, 1_800_000, 3_600_000)
            .toArray();

    private final long begin;
    private final long length;

    private TimeAxis(long begin, long length) {
        this.begin = begin;
        this.length = length;
    }

    static TimeAxis of(List<PhaseRecord> phases) {
        long begin =
                phases.stream().mapToLong(PhaseRecord::getStartMillis).min().orElse(0);
        long end = phases.stream().mapToLong(PhaseRecord::getEndMillis).max().orElse(0);
        return new TimeAxis(begin, Math.max(1, end - begin));
    }

    /** Returns where a moment is on the axis, in percent. */
    double percent(long millis) {
        return 100.0 * (millis - begin) / length;
    }

    /** Returns how long the axis is, in milliseconds. */
    long length() {
        return length;
    }

    /** Returns the marks of the axis at round times, the first at its beginning. */
    List<Tick> ticks() {
        long step = step();
        List<Tick> ticks = new ArrayList<>();
        for (long at = 0; at <= length; at += step) {
            ticks.add(new Tick(100.0 * at / length, at));
        }
        return ticks;
    }

    private long step() {
        for (long step : STEPS) {
            if (length / step < MOST_TICKS) {
                return step;
            }
        }
        return Math.max(1, length / (MOST_TICKS - 1));
    }

    /** Writes a percentage as SVG attributes take it. */
    static String attribute(double percent) {
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }

    /** A mark on the axis. */
    public record Tick(double percent, long millis) {
        private static final double EDGE = 92;

        public String getX() {
            return attribute(percent);
        }

        /** Returns how the text stands to the mark, so that it stays within the axis. */
        public String getAnchor() {
            return percent < 1 ? "start" : percent > EDGE ? "end" : "middle";
        }

        public String getLabel() {
            if (millis < 10_000) {
                String seconds = String.format(Locale.ROOT, "%.2f", millis / 1000.0);
                return seconds.replaceAll("\\.?0+$", "") + " s";
            }
            return DurationText.format(Duration.ofMillis(millis));
        }
    }
}

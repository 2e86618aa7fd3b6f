package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/** A phase as a bar of a timeline: where it begins and how long it is, in percent of the whole. */
public final class PhaseBar {
    /** So that the shortest phase can still be seen. */
    private static final double NARROWEST = 0.8;

    private final PhaseRecord phase;
    private final double start;
    private final double width;
    private final boolean wayBack;
    private final String link;

    private PhaseBar(PhaseRecord phase, TimeAxis axis, boolean wayBack, @CheckForNull String link) {
        this.phase = phase;
        this.width = Math.max(NARROWEST, axis.percent(phase.getEndMillis()) - axis.percent(phase.getStartMillis()));
        this.start = Math.min(axis.percent(phase.getStartMillis()), 100 - width);
        this.wayBack = wayBack;
        this.link = link;
    }

    /**
     * Returns the bars of a record's phases.
     *
     * @param axis of these phases
     * @param log the page of the log, from the root of Jenkins; null when there is none to link to
     */
    static List<PhaseBar> of(
            DeploymentRecord record, List<PhaseRecord> phases, TimeAxis axis, @CheckForNull String log) {
        int back = WayBack.firstPhase(record, phases);
        List<PhaseBar> bars = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            PhaseRecord phase = phases.get(i);
            String anchor = PhaseNote.anchor(record.getId(), phase.getStartMillis(), phase.getName());
            bars.add(new PhaseBar(phase, axis, i == back, log == null ? null : log + "#" + anchor));
        }
        return bars;
    }

    public String getName() {
        return phase.getName();
    }

    /** Returns the beginning, as SVG attributes take it. */
    public String getStart() {
        return TimeAxis.attribute(start);
    }

    /** Returns the width, as SVG attributes take it. */
    public String getWidth() {
        return TimeAxis.attribute(width);
    }

    public String getDuration() {
        return Times.text(phase.getDurationMillis());
    }

    public boolean isRunning() {
        return phase.isRunning();
    }

    public boolean isFailed() {
        return phase.isFailed();
    }

    public String getFailure() {
        return phase.getFailure();
    }

    /** Returns whether the way back begins with it. */
    public boolean isWayBack() {
        return wayBack;
    }

    /** Returns the line of the log where it begins, from the root of Jenkins; null when there is none. */
    @CheckForNull
    public String getLink() {
        return link;
    }
}

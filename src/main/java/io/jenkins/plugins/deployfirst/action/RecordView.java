package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/** A record as the pages of its build show it. */
public final class RecordView {
    private final DeploymentRecord record;
    private final LogLinks links;
    private final List<PhaseRecord> phases;
    private final TimeAxis axis;

    RecordView(DeploymentRecord record, LogLinks links) {
        this.record = record;
        this.links = links;
        this.phases = record.getPhases();
        this.axis = TimeAxis.of(phases);
    }

    public DeploymentRecord getRecord() {
        return record;
    }

    /** Returns the id of its element. */
    public String getElementId() {
        return "deploy-first-record-" + record.getId();
    }

    /** Returns the phases as bars of a timeline. */
    public List<PhaseBar> getBars() {
        return PhaseBar.of(record, phases, axis, links.page(record));
    }

    /** Returns the marks of the timeline's axis. */
    public List<TimeAxis.Tick> getTicks() {
        return axis.ticks();
    }

    /** Returns the page of the log, from the root of Jenkins; null when there is none. */
    @CheckForNull
    public String getLog() {
        return links.page(record);
    }

    /** Returns how long it took, for people; empty when that is not known. */
    public String getDuration() {
        return record.getDurationMillis() == 0 ? "" : Times.text(record.getDurationMillis());
    }

    /** Returns whether the gate's answers are shown unfolded: while they come, and when they are why it failed. */
    public boolean isGateOpen() {
        List<AttemptRecord> attempts = record.getAttempts();
        return record.isRunning() || !attempts.get(attempts.size() - 1).isHealthy();
    }

    /** Returns one line for those who hear the page: what it came to, or what is being done. */
    String status() {
        String phase = phases.stream()
                .filter(PhaseRecord::isRunning)
                .map(PhaseRecord::getName)
                .collect(Collectors.joining(", "));
        return record.isRunning() && !phase.isEmpty()
                ? Messages.RecordView_status(record.getHeadline(), phase)
                : record.getHeadline();
    }

    public String getIsoStart() {
        return Times.iso(record.getStartMillis());
    }

    public Date getStart() {
        return new Date(record.getStartMillis());
    }
}

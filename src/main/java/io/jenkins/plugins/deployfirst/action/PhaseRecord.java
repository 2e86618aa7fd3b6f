package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import io.jenkins.plugins.deployfirst.agent.FlowEvent;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A phase of a flow: when it began and how long it took, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class PhaseRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long startMillis;
    private final long durationMillis;
    private final String failure;
    private final boolean running;

    private PhaseRecord(String name, long startMillis, long durationMillis, String failure, boolean running) {
        this.name = ResultMap.fit(name);
        this.startMillis = Math.max(0, startMillis);
        this.durationMillis = Math.max(0, durationMillis);
        this.failure = ResultMap.fit(failure);
        this.running = running;
    }

    /** Makes one from a result, which does not tell when it began. */
    static PhaseRecord of(ResultMap map, long startMillis) {
        return new PhaseRecord(map.text("name"), startMillis, map.number("durationMillis"), "", false);
    }

    /** Makes one from an event; what is under way has taken the time until now, in milliseconds from the flow's start. */
    static PhaseRecord of(FlowEvent.Phase event, long nowMillis) {
        long end = event.isRunning() ? nowMillis : event.endMillis();
        return new PhaseRecord(
                event.name(), event.startMillis(), end - event.startMillis(), event.failure(), event.isRunning());
    }

    @Exported
    public String getName() {
        return Util.fixNull(name);
    }

    /** Returns when it began, in milliseconds from the start of the step. */
    @Exported
    public long getStartMillis() {
        return startMillis;
    }

    @Exported
    public long getDurationMillis() {
        return durationMillis;
    }

    long getEndMillis() {
        return startMillis + durationMillis;
    }

    /** Returns one line that says why it failed; empty when it did not. */
    @Exported
    public String getFailure() {
        return Util.fixNull(failure);
    }

    public boolean isFailed() {
        return !getFailure().isEmpty();
    }

    /** Returns whether it was under way when this was looked at. */
    @Exported
    public boolean isRunning() {
        return running;
    }
}

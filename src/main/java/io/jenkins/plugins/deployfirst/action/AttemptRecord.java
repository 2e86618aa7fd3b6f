package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A question of a health gate and its answer, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class AttemptRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String probe;
    private final boolean starting;
    private final boolean healthy;
    private final String status;
    private final long latencyMillis;
    private final String message;

    AttemptRecord(Attempt attempt) {
        this.probe = ResultMap.fit(attempt.probe());
        this.starting = attempt.starting();
        this.healthy = attempt.healthy();
        this.status = ResultMap.fit(attempt.status());
        this.latencyMillis = Math.max(0, attempt.latencyMillis());
        this.message = ResultMap.fit(attempt.message());
    }

    /** Returns what was asked. */
    @Exported
    public String getProbe() {
        return Util.fixNull(probe);
    }

    /** Returns whether it was made in the start period, where failing does not count. */
    @Exported
    public boolean isStarting() {
        return starting;
    }

    @Exported
    public boolean isHealthy() {
        return healthy;
    }

    /** Returns what tells the answer from others, such as an HTTP status; empty when there was none. */
    @Exported
    public String getStatus() {
        return Util.fixNull(status);
    }

    @Exported
    public long getLatencyMillis() {
        return latencyMillis;
    }

    /** Returns the answer in one line. */
    @Exported
    public String getMessage() {
        return Util.fixNull(message);
    }

    /** Returns the symbol that stands for the answer, beside the words. */
    public String getSymbol() {
        return healthy ? "symbol-status-blue" : starting ? "symbol-status-nobuilt" : "symbol-status-red";
    }

    public String getLatency() {
        return Times.text(latencyMillis);
    }
}

package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What one step of a build did to one environment, as it is kept in {@code build.xml}. A file that another version wrote
 * may lack any of the fields; what is missing is empty.
 */
@ExportedBean(defaultVisibility = 3)
public final class DeploymentRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Which kind of step it was. */
    public enum Kind {
        DEPLOY,
        WATCH,
        ROLLBACK,
        HEALTH
    }

    private final Kind kind;
    private final String environment;
    private final String url;
    private final String outcome;
    private final String sha;
    private final String previousSha;
    private final String lastValidatedSha;
    private final String rolledBackTo;
    private final String verdict;
    private final String error;
    private final boolean healthy;
    private final boolean superseded;
    private final long endMillis;
    private final long durationMillis;
    private final ArrayList<PhaseRecord> phases;
    private final ArrayList<CheckRecord> checks;

    private DeploymentRecord(Kind kind, String outcome, ResultMap map, String error, long endMillis) {
        this.kind = kind;
        this.outcome = outcome;
        this.error = ResultMap.fit(error);
        this.endMillis = endMillis;
        this.environment = map.text("environment");
        this.url = map.text("url");
        this.sha = map.text("sha");
        this.previousSha = map.text("previousSha");
        this.lastValidatedSha = map.text("lastValidatedSha");
        this.rolledBackTo = map.text("rolledBackTo");
        this.verdict = map.text("verdict");
        this.healthy = map.isTrue("healthy");
        this.superseded = map.isTrue("superseded");
        this.durationMillis = map.number("durationMillis");
        this.phases = new ArrayList<>(
                map.maps("phases").stream().map(PhaseRecord::new).toList());
        this.checks = new ArrayList<>(
                map.maps("checks").stream().map(CheckRecord::new).toList());
    }

    /**
     * Makes a record of a flow's result.
     *
     * @param outcome the name of the engine's outcome, such as {@code ROLLED_BACK}
     * @param map the map that the step returns
     * @param error one line that says what failed; empty when nothing did
     */
    public static DeploymentRecord of(Kind kind, String outcome, Map<String, Object> map, String error) {
        return new DeploymentRecord(kind, outcome, new ResultMap(map), error, System.currentTimeMillis());
    }

    public Kind kind() {
        return kind == null ? Kind.DEPLOY : kind;
    }

    @Exported
    public String getKind() {
        return kind().name();
    }

    /** Returns the environment's name; empty for a health gate that was given a URL. */
    @Exported
    public String getEnvironment() {
        return Util.fixNull(environment);
    }

    /** Returns what was looked at or changed: the environment's name, or the URL of a health gate. */
    public String getTarget() {
        return getEnvironment().isEmpty() ? Util.fixNull(url) : getEnvironment();
    }

    @Exported
    public String getOutcome() {
        return Util.fixNull(outcome);
    }

    @Exported
    public String getSha() {
        return Util.fixNull(sha);
    }

    @Exported
    public String getPreviousSha() {
        return Util.fixNull(previousSha);
    }

    @Exported
    public String getLastValidatedSha() {
        return Util.fixNull(lastValidatedSha);
    }

    @Exported
    public String getRolledBackTo() {
        return Util.fixNull(rolledBackTo);
    }

    @Exported
    public String getVerdict() {
        return Util.fixNull(verdict);
    }

    @Exported
    public String getError() {
        return Util.fixNull(error);
    }

    @Exported
    public boolean isHealthy() {
        return healthy;
    }

    /** Returns whether another release had gone live meanwhile, so that there was nothing to undo. */
    public boolean isSuperseded() {
        return superseded || getVerdict().equals("SUPERSEDED");
    }

    /** Returns when it ended, in milliseconds since 1970. */
    @Exported
    public long getEndMillis() {
        return endMillis;
    }

    @Exported
    public long getDurationMillis() {
        return durationMillis;
    }

    @Exported
    public List<PhaseRecord> getPhases() {
        return phases == null ? List.of() : List.copyOf(phases);
    }

    @Exported
    public List<CheckRecord> getChecks() {
        return checks == null ? List.of() : List.copyOf(checks);
    }

    /** Returns what the environment ran when the step had ended; empty when the record does not tell. */
    public String getLiveSha() {
        if (isSuperseded()) {
            return "";
        }
        return switch (getOutcome()) {
            case "DONE", "NO_VERDICT" -> getSha();
            case "ROLLED_BACK" -> getRolledBackTo();
            case "FAILED_UNCHANGED" -> getPreviousSha();
            default -> "";
        };
    }

    /** Returns the validated release that it tells of: the one it watched to success, or else the last one it found. */
    public String getValidatedSha() {
        return getVerdict().equals("SUCCESS") && getOutcome().equals("DONE") ? getSha() : getLastValidatedSha();
    }

    /** Returns the phases as bars of a timeline. */
    public List<PhaseBar> getBars() {
        return PhaseBar.of(getPhases());
    }

    /** Returns how long it took, for people; empty when that is not known. */
    public String getDuration() {
        return durationMillis == 0 ? "" : DurationText.format(Duration.ofMillis(durationMillis));
    }

    public Date getEnd() {
        return new Date(endMillis);
    }

    /** Returns what happened, in a few words. */
    public String getHeadline() {
        return Headline.of(this);
    }

    /** Returns the symbol that stands for the outcome, beside the words. */
    public String getSymbol() {
        return switch (getOutcome()) {
            case "DONE" -> isSuperseded() ? "symbol-status-nobuilt" : "symbol-status-blue";
            case "NO_VERDICT" -> "symbol-status-yellow";
            case "LOCKED" -> "symbol-status-aborted";
            default -> "symbol-status-red";
        };
    }
}

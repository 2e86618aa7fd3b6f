package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What one step of a build did, or does, mostly to an environment, as it is kept in {@code build.xml}. A file that another
 * version wrote may lack any of the fields; what is missing is empty.
 */
@ExportedBean(defaultVisibility = 3)
public final class DeploymentRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The outcome of a step that is under way. */
    static final String RUNNING = "RUNNING";

    /** The outcome of a step that a person, a timeout or its pipeline has ended. */
    static final String ABORTED = "ABORTED";

    /** The outcome of a step that had begun when Jenkins went down. */
    static final String CUT_OFF = "CUT_OFF";

    /** Which kind of step it was. */
    public enum Kind {
        DEPLOY,
        WATCH,
        ROLLBACK,
        HEALTH,
        IMAGES,
        MIGRATIONS,
        HOOK
    }

    private final String id;
    private final Kind kind;
    private final String environment;
    private final String from;
    private final String url;
    private final String log;
    private final String outcome;
    private final String sha;
    private final String previousSha;
    private final String lastValidatedSha;
    private final String rolledBackTo;
    private final String verdict;
    private final String error;
    private final boolean healthy;
    private final boolean superseded;
    private final long startMillis;
    private final long endMillis;
    private final long durationMillis;
    private final ArrayList<PhaseRecord> phases;
    private final ArrayList<AttemptRecord> attempts;
    private final ArrayList<CheckRecord> checks;
    private final ArrayList<CommitRecord> commits;
    private final ArrayList<ImageRecord> images;

    /** Whether somebody sees to its end. */
    private transient volatile boolean followed;

    /**
     * Makes one of what is known now.
     *
     * @param timeline what was told while it was under way
     */
    DeploymentRecord(RecordDraft draft, String outcome, ResultMap map, String error, LiveTimeline timeline) {
        this.id = draft.id();
        this.kind = draft.kind();
        this.startMillis = draft.startMillis();
        this.log = draft.log();
        this.outcome = outcome;
        this.error = ResultMap.fit(error);
        this.followed = outcome.equals(RUNNING);
        this.endMillis = System.currentTimeMillis();
        this.environment = map.text("environment");
        this.from = map.text("from");
        this.url = map.text("url");
        this.sha = map.text("sha");
        this.previousSha = map.text("previousSha");
        this.lastValidatedSha = map.text("lastValidatedSha");
        this.rolledBackTo = map.text("rolledBackTo");
        this.verdict = map.text("verdict");
        this.healthy = map.isTrue("healthy");
        this.superseded = map.isTrue("superseded");
        long whole = map.number("durationMillis");
        this.durationMillis = whole == 0 ? endMillis - startMillis : whole;
        this.phases = new ArrayList<>(timeline.phases(endMillis - startMillis));
        if (phases.isEmpty()) {
            this.phases.addAll(oneAfterTheOther(map.maps("phases")));
        }
        this.attempts = new ArrayList<>(timeline.attempts());
        this.checks = new ArrayList<>(
                map.has("checks")
                        ? map.maps("checks").stream().map(CheckRecord::new).toList()
                        : timeline.checks());
        this.commits = new ArrayList<>(commits(draft, map.byKey("commits")));
        this.images = new ArrayList<>(map.byKey("images").entrySet().stream()
                .map(entry -> new ImageRecord(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Nobody follows yet what was read from a file. */
    private Object readResolve() {
        followed = false;
        return this;
    }

    private static List<PhaseRecord> oneAfterTheOther(List<ResultMap> phases) {
        List<PhaseRecord> records = new ArrayList<>();
        long begin = 0;
        for (ResultMap phase : phases) {
            PhaseRecord record = PhaseRecord.of(phase, begin);
            records.add(record);
            begin = record.getEndMillis();
        }
        return records;
    }

    private static List<CommitRecord> commits(RecordDraft draft, Map<String, ResultMap> known) {
        return known.entrySet().stream()
                .filter(entry -> Sha.isFull(entry.getKey()))
                .map(entry -> new CommitRecord(
                        entry.getKey(), entry.getValue(), draft.commitPage().apply(entry.getKey())))
                .toList();
    }

    /**
     * Makes a record of a flow's result.
     *
     * @param outcome the name of the engine's outcome, such as {@code ROLLED_BACK}
     * @param map the map that the step returns
     * @param error one line that says what failed; empty when nothing did
     */
    public static DeploymentRecord of(Kind kind, String outcome, Map<String, Object> map, String error) {
        RecordDraft draft = RecordDraft.now(kind, Map.of(), RecordDraft.CONSOLE, sha -> "");
        return new DeploymentRecord(draft, outcome, new ResultMap(map), error, new LiveTimeline());
    }

    /** Returns what tells it from all others; empty in a file of an older version. */
    @Exported
    public String getId() {
        return Util.fixNull(id);
    }

    public Kind kind() {
        return kind == null ? Kind.DEPLOY : kind;
    }

    @Exported
    public String getKind() {
        return kind().name();
    }

    /** Returns the environment's name; empty for what concerns none. */
    @Exported
    public String getEnvironment() {
        return Util.fixNull(environment);
    }

    /** Returns the environment that a promoted release comes from; empty for everything else. */
    @Exported
    public String getFrom() {
        return Util.fixNull(from);
    }

    /** Returns what was looked at or changed: the environment's name, or the URL of a health gate. */
    public String getTarget() {
        return getEnvironment().isEmpty() ? Util.fixNull(url) : getEnvironment();
    }

    /** Returns the page of its log, from the page of the build. */
    public String getLog() {
        return log == null ? RecordDraft.CONSOLE : log;
    }

    /**
     * Returns the name of the engine's outcome, or {@code RUNNING}, {@code ABORTED}, or {@code CUT_OFF} when Jenkins went
     * down meanwhile.
     */
    @Exported
    public String getOutcome() {
        return isBegunOnly() && !followed ? CUT_OFF : Util.fixNull(outcome);
    }

    /** Returns whether nothing is kept but that it has begun. */
    boolean isBegunOnly() {
        return RUNNING.equals(outcome);
    }

    /** Says whether somebody sees to its end. */
    DeploymentRecord followed(boolean isFollowed) {
        followed = isFollowed;
        return this;
    }

    @Exported
    public boolean isRunning() {
        return getOutcome().equals(RUNNING);
    }

    /** Returns whether nothing is done on the host: CI has not ended. */
    boolean isWaitingForCi() {
        return kind() == Kind.WATCH && getPhases().isEmpty();
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

    /** Returns when it began, in milliseconds since 1970; in a file of an older version, as its duration tells. */
    @Exported
    public long getStartMillis() {
        return startMillis == 0 ? endMillis - durationMillis : startMillis;
    }

    /** Returns when it ended, or was looked at while it was under way, in milliseconds since 1970. */
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

    /** Returns the last answers of its health gate, oldest first: each change of the answer, and what counted. */
    @Exported
    public List<AttemptRecord> getAttempts() {
        return attempts == null ? List.of() : List.copyOf(attempts);
    }

    @Exported
    public List<CheckRecord> getChecks() {
        return checks == null ? List.of() : List.copyOf(checks);
    }

    /** Returns what was known of the commits that it names. */
    @Exported
    public List<CommitRecord> getCommits() {
        return commits == null ? List.of() : List.copyOf(commits);
    }

    /** Returns what is known of the commit that it is about; null when that is nothing. */
    @CheckForNull
    public CommitRecord getCommit() {
        return getCommits().stream()
                .filter(commit -> commit.getSha().equals(getSha()))
                .findFirst()
                .orElse(null);
    }

    /** Returns the images of the services that were brought up. */
    @Exported
    public List<ImageRecord> getImages() {
        return images == null ? List.of() : List.copyOf(images);
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

    /** Returns what happened, in a few words. */
    public String getHeadline() {
        return Headline.of(this);
    }

    /** Returns the symbol that stands for the outcome, beside the words. */
    public String getSymbol() {
        return switch (getOutcome()) {
            case "DONE" -> isSuperseded() ? "symbol-status-nobuilt" : "symbol-status-blue";
            case RUNNING -> "symbol-status-nobuilt-anime";
            case "NO_VERDICT" -> "symbol-status-yellow";
            case "LOCKED", ABORTED, CUT_OFF -> "symbol-status-aborted";
            default -> "symbol-status-red";
        };
    }
}

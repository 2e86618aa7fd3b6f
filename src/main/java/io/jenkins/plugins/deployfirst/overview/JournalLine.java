package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An entry of a journal, as far as the current user may see it. */
@ExportedBean(defaultVisibility = 4)
public final class JournalLine {
    private static final int LONGEST = 300;

    private final JournalEntry entry;
    private final ReleaseView release;
    private final Actor actor;

    private JournalLine(JournalEntry entry, ReleaseView release) {
        this.entry = entry;
        this.release = release;
        this.actor = Actor.of(entry.get("by"), entry.get("build"));
    }

    static JournalLine of(JournalEntry entry, SeenStatus seen) {
        return new JournalLine(entry, seen.release(entry.sha(), entry.get("tag")));
    }

    /** Returns the last ones, newest first. */
    static List<JournalLine> last(int count, SeenStatus seen) {
        List<JournalEntry> all = seen.journal();
        List<JournalLine> lines = new ArrayList<>();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - count); i--) {
            lines.add(of(all.get(i), seen));
        }
        return lines;
    }

    /** Returns when it happened, in ISO 8601. */
    @Exported
    public String getTime() {
        return entry.get("time");
    }

    public Moment getMoment() {
        return Moment.parse(getTime());
    }

    /** Returns the event's name in the journal. */
    @Exported
    public String getEvent() {
        return entry.get("event");
    }

    @Exported
    public ReleaseView getRelease() {
        return release;
    }

    @Exported
    public String getPreviousSha() {
        return entry.get("previousSha");
    }

    /** Returns who did it. */
    @Exported
    public String getBy() {
        return actor.text();
    }

    /** Returns the address of the build or the operation that did it; empty when there is none, or none to be seen. */
    @Exported
    public String getBuildUrl() {
        String root = Jenkins.get().getRootUrl();
        return actor.isLink() && root != null ? root + actor.url() : "";
    }

    /** Returns the same below Jenkins' own address. */
    public String getLink() {
        return actor.url();
    }

    @Exported
    public String getReason() {
        return OneLine.of(entry.get("reason"), LONGEST);
    }

    /** Returns what happened, in a few words. */
    public String getText() {
        String what = release.getName();
        Optional<Event> event = entry.event();
        if (event.isEmpty()) {
            return getEvent();
        }
        return switch (event.get()) {
            case DEPLOY_STARTED -> Messages.JournalLine_deployStarted(what);
            case DEPLOY_SUCCEEDED -> Messages.JournalLine_deploySucceeded(what);
            case DEPLOY_FAILED -> Messages.JournalLine_deployFailed(what);
            case ROLLBACK_STARTED -> Messages.JournalLine_rollbackStarted(what);
            case ROLLBACK_SUCCEEDED -> Messages.JournalLine_rollbackSucceeded(what);
            case ROLLBACK_FAILED -> Messages.JournalLine_rollbackFailed(what);
            case SCHEMA_TAKEN_BACK -> Messages.JournalLine_schemaTakenBack(what);
            case VALIDATED -> Messages.JournalLine_validated(what);
            case PROMOTED -> Messages.JournalLine_promoted(what, entry.get("from"));
            case SUPERSEDED -> Messages.JournalLine_superseded(what);
            case NOT_VALIDATED -> Messages.JournalLine_notValidated(what);
        };
    }

    /** Returns the symbol that stands for it, beside the words. */
    public String getSymbol() {
        return entry.event()
                .map(event -> switch (event) {
                    case DEPLOY_SUCCEEDED, PROMOTED, VALIDATED -> "symbol-status-blue";
                    case DEPLOY_FAILED, ROLLBACK_FAILED -> "symbol-status-red";
                    case ROLLBACK_SUCCEEDED, NOT_VALIDATED -> "symbol-status-yellow";
                    default -> "symbol-status-nobuilt";
                })
                .orElse("symbol-status-nobuilt");
    }
}

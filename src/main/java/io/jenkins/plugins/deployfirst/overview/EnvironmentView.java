package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the current user sees of an environment: the last known, and how old that is. */
@ExportedBean(defaultVisibility = 2)
public final class EnvironmentView {
    private static final int LAST = 2;

    private final DefinedEnvironment environment;
    private final KnownStatus known;
    private final SeenStatus seen;
    private final List<WatchView> watches;
    private final List<Attention> attention;
    private final List<EnvironmentAction> actions;

    EnvironmentView(DefinedEnvironment environment, Viewer viewer) {
        this.environment = environment;
        this.known = StatusBoard.get().of(environment);
        this.seen = known.seen();
        this.watches = viewer.watches(environment);
        AttentionRules rules = new AttentionRules(environment, known, watches);
        this.attention = rules.reasons();
        this.actions = EnvironmentAction.possible(environment, seen, rules, viewer);
    }

    @Exported
    public String getName() {
        return environment.name();
    }

    /** Returns the full name of the folder that defines it; empty in the global configuration. */
    @Exported
    public String getFolder() {
        return environment.folderName();
    }

    /** Returns the same for people. */
    public String getFolderDisplayName() {
        Item folder = environment.folder();
        return folder == null ? "" : folder.getFullDisplayName();
    }

    /** Returns what tells it from all others, as its address has it. */
    @Exported
    public String getKey() {
        return EnvironmentKey.of(environment).toString();
    }

    /** Returns its page below Jenkins' own address. */
    public String getPath() {
        return DeploymentsPage.URL + "/environment/" + getKey() + "/";
    }

    /** Returns the address of its page; null while Jenkins does not know its own. */
    @CheckForNull
    @Exported
    public String getUrl() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? null : root + getPath();
    }

    /** Returns {@code checkout} or {@code image}. */
    @Exported
    public String getMode() {
        return environment.definition().getMode();
    }

    @Exported
    public ReleaseView getLive() {
        return seen.live();
    }

    /** Returns when that was put live, in ISO 8601; empty when the journal does not tell. */
    @Exported
    public String getDeployedAt() {
        return getDeployed().getIso();
    }

    public Moment getDeployed() {
        return seen.deployedAt();
    }

    @Exported
    public ReleaseView getValidated() {
        return seen.validated();
    }

    /** Returns whether what is live is the last validated release. */
    @Exported
    public boolean isLiveValidated() {
        return !seen.live().getSha().isEmpty()
                && seen.live().getSha().equals(seen.validated().getSha());
    }

    /** Returns how many commits are live that the last validated release does not have; -1 when nobody knows. */
    @Exported
    public int getAhead() {
        return seen.ahead();
    }

    /** Returns how many commits the last validated release has that are not live; -1 when nobody knows. */
    @Exported
    public int getBehind() {
        return seen.behind();
    }

    /** Returns how far apart the two are, in a few words; empty when they are not, or nobody knows. */
    public String getDistance() {
        if (seen.ahead() > 0 && seen.behind() > 0) {
            return Messages.EnvironmentView_apart(seen.ahead(), seen.behind());
        }
        if (seen.ahead() > 0) {
            return Messages.EnvironmentView_ahead(seen.ahead());
        }
        return seen.behind() > 0 ? Messages.EnvironmentView_behind(seen.behind()) : "";
    }

    @Exported
    public Health getHealth() {
        return Health.of(seen.health());
    }

    /** Returns what is not healthy; empty when all is. */
    @Exported
    public String getHealthReason() {
        return Health.reason(seen.health());
    }

    /** Returns the deployment or rollback that died half way; null when none did. */
    @CheckForNull
    @Exported
    public JournalLine getInterrupted() {
        return seen.interrupted().map(entry -> JournalLine.of(entry, seen)).orElse(null);
    }

    /** Returns who held the lock at the last look; empty when nobody did. */
    @Exported
    public String getLockHolder() {
        return seen.lockHolder().isEmpty()
                ? ""
                : Actor.of(seen.lockHolder(), "").text();
    }

    /** Returns when it was looked at last, in ISO 8601; empty when that was never. */
    @Exported
    public String getSeenAt() {
        return getSeen().getIso();
    }

    public Moment getSeen() {
        return known.seenAt();
    }

    /** Returns whether the last look got through. */
    @Exported
    public boolean isReachable() {
        return !known.isFailing();
    }

    /** Returns why it cannot be looked at, for those who may know where it is. */
    @Exported
    public String getFailure() {
        return Viewer.maySeeDetails(environment) ? known.failure() : "";
    }

    /** Returns since when it cannot be looked at, in ISO 8601; empty when it can. */
    @Exported
    public String getFailingSince() {
        return getFailing().getIso();
    }

    public Moment getFailing() {
        return known.failingSince();
    }

    /** Returns whether its host is the agent of whatever step uses it, so that nobody else can look. */
    @Exported
    public boolean isOnAgents() {
        return environment.isOnAgents();
    }

    /** Returns whether it is being looked at now, or will be as soon as possible. */
    @Exported
    public boolean isLooking() {
        return StatusBoard.get().isBeingLookedAt(environment);
    }

    /** Returns the watches that wait for its CI. */
    @Exported
    public List<WatchView> getWatches() {
        return List.copyOf(watches);
    }

    /** Returns why it needs attention, the most urgent first. */
    @Exported
    public List<Attention> getAttention() {
        return attention;
    }

    /** Returns what the current user can do about it. */
    @Exported
    public List<EnvironmentAction> getActions() {
        return actions;
    }

    public boolean isRollbackPossible() {
        return actions.contains(EnvironmentAction.ROLLBACK);
    }

    public boolean isPromotePossible() {
        return actions.contains(EnvironmentAction.PROMOTE);
    }

    public boolean isWatchPossible() {
        return actions.contains(EnvironmentAction.WATCH_AGAIN);
    }

    public boolean isLookPossible() {
        return actions.contains(EnvironmentAction.LOOK_AGAIN);
    }

    /** Returns the last entries of its journal, newest first. */
    @Exported
    public List<JournalLine> getJournal() {
        return JournalLine.last(StatusBoard.ENTRIES, seen);
    }

    /** Returns the very last ones. */
    public List<JournalLine> getLastEvents() {
        return JournalLine.last(LAST, seen);
    }

    /** Returns what the page's filter looks in. */
    public String getSearchText() {
        return String.join(
                " ",
                getFolderDisplayName(),
                getName(),
                seen.live().getSha(),
                seen.live().getTag(),
                seen.live().getSubject(),
                seen.live().getAuthor(),
                seen.validated().getSha(),
                seen.validated().getTag());
    }

    /** Returns the symbol that stands for its state, beside the words. */
    public String getSymbol() {
        if (attention.stream().anyMatch(Attention::isUrgent)) {
            return "symbol-status-red";
        }
        if (!known.isSeen()) {
            return isOnAgents() ? "symbol-status-disabled" : "symbol-status-nobuilt";
        }
        return attention.isEmpty() ? "symbol-status-blue" : "symbol-status-yellow";
    }

    /** Returns its state in a few words. */
    public String getStateText() {
        if (!attention.isEmpty()) {
            return attention.get(0).getText();
        }
        return known.isSeen() ? Messages.EnvironmentView_fine() : Messages.EnvironmentView_unseen();
    }
}

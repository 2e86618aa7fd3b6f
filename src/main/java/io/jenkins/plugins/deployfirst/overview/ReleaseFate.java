package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;

/** What a journal says has become of a release. */
public enum ReleaseFate {
    VALIDATED("symbol-check"),
    /** Its CI failed. */
    REJECTED("symbol-warning"),
    /** It was taken back because it was not healthy. */
    UNHEALTHY("symbol-warning"),
    /** A person took it back. */
    TAKEN_BACK("symbol-undo"),
    NO_VERDICT("symbol-information-circle"),
    /** Nothing is known but that it ran. */
    RAN("symbol-information-circle");

    private final String symbol;

    ReleaseFate(String symbol) {
        this.symbol = symbol;
    }

    /**
     * Reads it.
     *
     * @param journal oldest first
     */
    static ReleaseFate of(String sha, List<JournalEntry> journal) {
        ReleaseFate fate = RAN;
        for (JournalEntry entry : journal) {
            fate = fate.after(entry, sha);
        }
        return fate;
    }

    private ReleaseFate after(JournalEntry entry, String sha) {
        if (entry.get("rejected").equals(sha)) {
            return switch (entry.get("cause")) {
                case "ci" -> REJECTED;
                case "health" -> UNHEALTHY;
                default -> TAKEN_BACK;
            };
        }
        if (!entry.sha().equals(sha)) {
            return this;
        }
        return switch (entry.event().orElse(Event.PROMOTED)) {
            case VALIDATED -> VALIDATED;
            // What CI failed for stays that when it is deployed all the same.
            case DEPLOY_STARTED -> this == REJECTED ? REJECTED : RAN;
            case SUPERSEDED -> REJECTED;
            case NOT_VALIDATED -> NO_VERDICT;
            default -> this;
        };
    }

    /** Returns whether there is a reason not to go back to it. */
    public boolean isBad() {
        return this == REJECTED || this == UNHEALTHY;
    }

    /** Returns it in a few words. */
    public String getText() {
        return switch (this) {
            case VALIDATED -> Messages.ReleaseFate_validated();
            case REJECTED -> Messages.ReleaseFate_rejected();
            case UNHEALTHY -> Messages.ReleaseFate_unhealthy();
            case TAKEN_BACK -> Messages.ReleaseFate_takenBack();
            case NO_VERDICT -> Messages.ReleaseFate_noVerdict();
            case RAN -> Messages.ReleaseFate_ran();
        };
    }

    /** Returns the symbol that stands for it, beside the words. */
    public String getSymbol() {
        return symbol;
    }
}

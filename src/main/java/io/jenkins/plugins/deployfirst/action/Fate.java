package io.jenkins.plugins.deployfirst.action;

/** What has become of a release. */
public enum Fate {
    UNDER_WAY("symbol-status-nobuilt-anime"),
    /** It is live, and CI has not succeeded, or not yet. */
    LIVE("symbol-status-yellow"),
    VALIDATED("symbol-status-blue"),
    TAKEN_BACK("symbol-status-red"),
    /** Another release went live before CI had said anything. */
    SUPERSEDED("symbol-status-nobuilt"),
    /** Nothing that runs was changed. */
    FAILED("symbol-status-red"),
    PERSON_NEEDED("symbol-status-red"),
    /** It was aborted, or cut off by a restart of Jenkins. */
    CUT_OFF("symbol-status-aborted");

    private final String symbol;

    Fate(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the symbol that stands for it, beside the words. */
    public String getSymbol() {
        return symbol;
    }

    /** Returns it in a few words. */
    public String getWords() {
        return switch (this) {
            case UNDER_WAY -> Messages.Fate_underWay();
            case LIVE -> Messages.Fate_live();
            case VALIDATED -> Messages.Fate_validated();
            case TAKEN_BACK -> Messages.Fate_takenBack();
            case SUPERSEDED -> Messages.Fate_superseded();
            case FAILED -> Messages.Fate_failed();
            case PERSON_NEEDED -> Messages.Fate_personNeeded();
            case CUT_OFF -> Messages.Fate_cutOff();
        };
    }

    /** Returns what a deployment makes of its release at once. */
    static Fate of(DeploymentRecord deployment) {
        return switch (deployment.getOutcome()) {
            case "DONE" -> LIVE;
            case DeploymentRecord.RUNNING -> UNDER_WAY;
            case "ROLLED_BACK" -> TAKEN_BACK;
            case "PERSON_NEEDED" -> PERSON_NEEDED;
            case DeploymentRecord.ABORTED, DeploymentRecord.CUT_OFF -> CUT_OFF;
            default -> FAILED;
        };
    }
}

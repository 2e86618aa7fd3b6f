package io.jenkins.plugins.deployfirst.overview;

/** Why an environment needs somebody's attention, the most urgent first. */
public enum Attention {
    /** A deployment or rollback died half way, and nothing has gone on with it since. */
    INTERRUPTED(true),
    /** The last thing that was tried is a rollback, and it failed. */
    ROLLBACK_FAILED(true),
    UNHEALTHY(true),
    /** The host cannot be looked at. */
    UNREACHABLE(true),
    /** What is live has no verdict of CI, and nobody watches for one. */
    NOT_VALIDATED(false);

    private final boolean urgent;

    Attention(boolean urgent) {
        this.urgent = urgent;
    }

    /** Returns whether users of the environment may be harmed by it. */
    public boolean isUrgent() {
        return urgent;
    }

    /** Returns it in a few words. */
    public String getText() {
        return switch (this) {
            case INTERRUPTED -> Messages.Attention_interrupted();
            case ROLLBACK_FAILED -> Messages.Attention_rollbackFailed();
            case UNHEALTHY -> Messages.Attention_unhealthy();
            case UNREACHABLE -> Messages.Attention_unreachable();
            case NOT_VALIDATED -> Messages.Attention_notValidated();
        };
    }
}

package io.jenkins.plugins.deployfirst.engine.notify;

/** Which messages a notifier sends. */
public enum Policy {
    /** Every event. */
    ALL,
    /** Only what failed, was rolled back, or got no verdict. */
    FAILURES,
    /** Only that a site is down, and that it is up again. */
    DOWN;

    /** Returns whether a message of this kind is sent. */
    public boolean sends(Message.Kind kind) {
        return switch (this) {
            case ALL -> true;
            case FAILURES -> kind.isFailure();
            case DOWN -> kind == Message.Kind.DOWN || kind == Message.Kind.UP;
        };
    }
}

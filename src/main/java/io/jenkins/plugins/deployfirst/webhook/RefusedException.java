package io.jenkins.plugins.deployfirst.webhook;

/** A request that is not taken: the status of the answer, and why, in words that anybody may read. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }
}

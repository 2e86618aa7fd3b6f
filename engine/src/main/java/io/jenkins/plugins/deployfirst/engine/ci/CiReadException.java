package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;

/** Says why a CI server gave no answer, and whether asking again makes sense. */
public final class CiReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;
    private final Duration retryAfter;

    private CiReadException(String message, boolean permanent, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
        this.retryAfter = retryAfter;
    }

    /** The server refuses (401, 403, 404): the watch ends with ERROR. The message holds the remedy. */
    public static CiReadException permanent(String message) {
        return new CiReadException(message, true, Duration.ZERO, null);
    }

    /** The server is busy or out of reach: ask again, not before {@code retryAfter} (zero: by the watch's own backoff). */
    public static CiReadException passing(String message, Duration retryAfter, Throwable cause) {
        return new CiReadException(message, false, retryAfter, cause);
    }

    public boolean isPermanent() {
        return permanent;
    }

    /** Returns how long the server asked to wait; zero when it named no time. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

package io.jenkins.plugins.deployfirst.engine.state;

import java.util.Optional;

/** The events of a journal, by the names they are written with. */
public enum Event {
    DEPLOY_STARTED("deploy.started"),
    DEPLOY_SUCCEEDED("deploy.succeeded"),
    /** It failed, and was undone before anything ran on it. */
    DEPLOY_FAILED("deploy.failed"),
    ROLLBACK_STARTED("rollback.started"),
    /** The release named as {@code previousSha} is live no more; {@code rejected} names it where it is refused from now on. */
    ROLLBACK_SUCCEEDED("rollback.succeeded"),
    ROLLBACK_FAILED("rollback.failed"),
    /** The rollback command of the migration has run for the release, which needs not have come to its end with that. */
    SCHEMA_TAKEN_BACK("schema.taken-back"),
    VALIDATED("validated"),
    /** A release that another environment, named as {@code from}, has validated went live here. */
    PROMOTED("promoted"),
    /** CI failed for a release that was not live any more. */
    SUPERSEDED("superseded"),
    /** CI gave no verdict, or a bad one about a release that cannot be taken back: it stays live. */
    NOT_VALIDATED("not-validated");

    private final String word;

    Event(String word) {
        this.word = word;
    }

    /** Returns the name in the journal. */
    public String word() {
        return word;
    }

    /** Returns the event of that name; empty for one that a later version wrote. */
    static Optional<Event> of(String word) {
        for (Event event : values()) {
            if (event.word.equals(word)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}

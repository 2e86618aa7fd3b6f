package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.Optional;

/** Why a release is deployed: what is told of it, what is done besides, and what there is to go back to. */
interface Occasion {
    /** A commit is put live for itself; its CI decides on it later. */
    Occasion COMMIT = new Occasion() {};

    /**
     * Looks again, under the lock, which may have taken long to get, whether it may be done now.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (FAILED_UNCHANGED) when it may not
     */
    default void admit() {}

    /** Says what is going to happen. */
    default void announce(Messages messages, Release release, Release live) {
        messages.started(release, live);
    }

    /** Does what has to be done before anything is changed. */
    default void prepare(Change change) throws InterruptedException {}

    /** Adds to the journal's entry of the start what belongs there. */
    default JournalEntry describe(JournalEntry started) {
        return started;
    }

    /**
     * Returns what to go back to. Before the first deployment the journal is empty, and what is live now is what there is
     * to return to.
     */
    default Optional<HostState.RollbackPoint> rollbackPoint(HostState before, Release release) {
        return before.rollbackPoint()
                .or(() -> before.hasDamagedFile()
                        ? Optional.empty()
                        : Optional.of(new HostState.RollbackPoint(before.live(), true)));
    }

    /** Does what has to be done once it is live and healthy, and tells of it. */
    default void succeed(Change change, Messages messages, Release release, Release before)
            throws InterruptedException {
        messages.deployed(release);
    }

    /** Does what has to be done before it is taken back. */
    default void fail(Change change, Release goingBackTo) {}
}

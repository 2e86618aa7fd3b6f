package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Everything that can be done to an environment: the one entry for the command line and the Jenkins steps. */
public interface Flows {
    /** Puts a release live; takes it back at once when it is not healthy. Blocks until done. */
    DeployResult deploy(DeployRequest request) throws InterruptedException;

    /**
     * Looks for the release of this environment that may be carried on to another one; changes nothing. Blocks until done.
     *
     * @param sha full or abbreviated; empty: the last validated one
     */
    ValidatedResult validated(Optional<CommitSha> sha) throws InterruptedException;

    /** Carries a release that another environment has validated on to this one. Blocks until done. */
    PromotionResult promote(PromotionRequest request) throws InterruptedException;

    /** Takes the environment back. Blocks until done. */
    RollbackResult rollback(RollbackRequest request) throws InterruptedException;

    /**
     * Watches a release's CI, then marks it validated or takes the host back. Holds no thread while it waits; an
     * abbreviated SHA is resolved on the host first, which blocks.
     *
     * @return cancelling it ends the watch and leaves the host alone
     */
    CompletableFuture<WatchResult> watch(CommitSha sha) throws InterruptedException;

    /**
     * Returns the commit that an abbreviation means among those of the host's checkout. Blocks while the host is asked,
     * which it is not for a full SHA.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException when there is none, or several
     */
    CommitSha resolve(CommitSha sha) throws InterruptedException;

    /**
     * Does on the host what a verdict asks for: marks the release validated, or takes the host back. For front ends that
     * watch by themselves. Blocks until done; may be called again when it was cut off half way.
     *
     * @param startedAt when the watch began
     * @param again whether the last attempt failed because the host could not be reached, as people know by now: this one
     *     looks without a word whether it can be again
     * @throws io.jenkins.plugins.deployfirst.engine.host.UnreachableException when the host cannot be reached and it is to
     *     be tried again later; not after {@link io.jenkins.plugins.deployfirst.engine.ci.CiRules#triedUntil}
     */
    WatchResult settle(CommitSha sha, CiResult verdict, Instant startedAt, boolean again) throws InterruptedException;

    /** Does it for the first time. */
    default WatchResult settle(CommitSha sha, CiResult verdict, Instant startedAt) throws InterruptedException {
        return settle(sha, verdict, startedAt, false);
    }

    /** Asks the environment's health gate now. Blocks until done. */
    GateResult health() throws InterruptedException;

    /**
     * Looks, and changes nothing.
     *
     * @param entries how many of the journal's last entries are told
     */
    StatusResult status(int entries) throws InterruptedException;

    /** Looks, and tells the usual number of the journal's last entries. */
    default StatusResult status() throws InterruptedException {
        return status(StatusResult.USUAL_ENTRIES);
    }

    /** Returns the journal's last entries, oldest first. */
    List<JournalEntry> history(int count) throws InterruptedException;
}

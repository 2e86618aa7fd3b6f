package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageTag;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionResult;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackResult;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.deploy.ValidatedResult;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of an environment; it travels as {@link EngineJson}. */
public sealed interface FlowRequest {
    /** Runs the flow that it asks for, to its end. */
    FlowOutcome runOn(Flows flows, String environment) throws InterruptedException;

    /** Returns the release that it names, full or abbreviated; empty when it names none. */
    default String release() {
        return "";
    }

    /** Returns whether it may change what the host runs or remembers. */
    default boolean changes() {
        return true;
    }

    /** Returns whether the log need not hear that it begins, because it does so again and again. */
    default boolean isQuiet() {
        return false;
    }

    /**
     * Put a release live.
     *
     * @param sha the commit, full or abbreviated; empty: what the tag's images say, or without a tag what is live
     * @param tag the tag of its images; empty: as the environment names them
     */
    record Deploy(String sha, String tag, boolean redeployRejected) implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            Optional<CommitSha> commit = sha.isBlank() ? Optional.empty() : Optional.of(new CommitSha(sha));
            DeployResult result = flows.deploy(new DeployRequest(
                    commit, Optional.of(tag).filter(text -> !text.isBlank()).map(ImageTag::new), redeployRejected));
            return new FlowOutcome(result.outcome(), result.toMap(), result.error());
        }

        @Override
        public String release() {
            return sha;
        }
    }

    /**
     * Look for the release that may be carried on to another environment.
     *
     * @param sha the commit, full or abbreviated; empty: the last one validated
     */
    record Validated(String sha) implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            ValidatedResult result = flows.validated(
                    Optional.of(sha).filter(text -> !text.isBlank()).map(CommitSha::new));
            return new FlowOutcome(Outcome.DONE, result.toMap(), "");
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /**
     * Carry a release on from another environment.
     *
     * @param from the environment that has validated it, without its secrets
     * @param sha the commit, full or abbreviated; empty: the last one validated there
     * @param confirm what a person typed
     * @param overrideFreeze why it may be done in a freeze; empty: it may not
     * @param found the release, when another process looked for it, since this one may not reach {@code from}
     */
    record Promote(
            Environment from,
            String sha,
            String confirm,
            String overrideFreeze,
            boolean redeployRejected,
            Optional<ValidatedResult> found)
            implements FlowRequest {
        public Promote {
            from = from.with(SecretSettings.NONE);
        }

        /** Asks for a release that is looked for. */
        public Promote(Environment from, String sha, String confirm, String overrideFreeze, boolean redeployRejected) {
            this(from, sha, confirm, overrideFreeze, redeployRejected, Optional.empty());
        }

        /** Returns the same for a process that need not reach {@code from}, and is not told how to. */
        Promote found(FlowOutcome validated) {
            Map<String, Object> map = validated.map();
            List<?> digests = (List<?>) map.get("digests");
            ValidatedResult release = new ValidatedResult(
                    from.name(),
                    String.valueOf(map.get("sha")),
                    String.valueOf(map.get("tag")),
                    digests.stream().map(String::valueOf).toList());
            return new Promote(
                    from.on(new HostSettings.Local()),
                    sha,
                    confirm,
                    overrideFreeze,
                    redeployRejected,
                    Optional.of(release));
        }

        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            PromotionResult result = flows.promote(new PromotionRequest(
                    KnownHostsFile.onThisMachine(from),
                    Optional.of(sha).filter(text -> !text.isBlank()).map(CommitSha::new),
                    confirm,
                    Optional.of(overrideFreeze).filter(text -> !text.isBlank()),
                    redeployRejected,
                    found));
            return new FlowOutcome(result.outcome(), result.toMap(), result.error());
        }

        @Override
        public String release() {
            return sha;
        }

        /** Names it without any secret: the environment's settings hold some. */
        @Override
        public String toString() {
            return "Promote from " + from.name();
        }
    }

    /**
     * Take the environment back.
     *
     * @param to the commit to return to; empty: the rollback point
     */
    record Rollback(String to) implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            Optional<CommitSha> target = to.isBlank() ? Optional.empty() : Optional.of(new CommitSha(to));
            RollbackResult result = flows.rollback(RollbackRequest.byHand(target));
            return new FlowOutcome(result.outcome(), result.toMap(), result.error());
        }
    }

    /**
     * Do on the host what a watch's verdict asks for. May be asked again when it was cut off. An outcome that is {@link
     * FlowOutcome#away} is no end: it is to be asked again until it has another one.
     *
     * @param sha the full SHA that was watched
     * @param startedAt when the watch began
     * @param again whether the last outcome was such a one
     */
    record Settle(String sha, CiResult ci, Instant startedAt, boolean again) implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            WatchResult result = flows.settle(new CommitSha(sha), ci, startedAt, again);
            return new FlowOutcome(result.outcome(), result.toMap(), result.error());
        }

        @Override
        public String release() {
            return sha;
        }

        @Override
        public boolean isQuiet() {
            return again;
        }
    }

    /**
     * Find out on the host which commit is meant; the result's {@code sha} is the full one.
     *
     * @param sha the commit, full or abbreviated
     */
    record Resolve(String sha) implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            String full = flows.resolve(new CommitSha(sha)).value();
            return new FlowOutcome(Outcome.DONE, Map.of("environment", environment, "sha", full), "");
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /** Ask the environment's health gate. */
    record Health() implements FlowRequest {
        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            GateResult gate = flows.health();
            return GateOutcome.of("environment", environment, gate);
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /**
     * Look at what is live.
     *
     * @param entries how many of the journal's last entries are told
     */
    record Status(int entries) implements FlowRequest {
        /** Asks for the usual number of entries. */
        public Status() {
            this(StatusResult.USUAL_ENTRIES);
        }

        @Override
        public FlowOutcome runOn(Flows flows, String environment) throws InterruptedException {
            StatusResult status = flows.status(entries);
            return new FlowOutcome(Outcome.DONE, status.toMap(), "");
        }

        @Override
        public boolean changes() {
            return false;
        }
    }
}

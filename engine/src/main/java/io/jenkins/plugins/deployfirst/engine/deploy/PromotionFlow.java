package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Carries a release that one environment has validated on to another one, when a person asks for it. */
final class PromotionFlow {
    private static final int ATTEMPTS = 5;

    private final Environment target;
    private final FlowContext context;
    private final List<Duration> reconnects;
    private final PhaseLog phases;
    private final InstantSource clock;

    PromotionFlow(Environment target, FlowContext context, List<Duration> reconnects) {
        this(target, context, reconnects, InstantSource.system());
    }

    PromotionFlow(Environment target, FlowContext context, List<Duration> reconnects, InstantSource clock) {
        this.target = target.with(target.health().askingAtLeast(ATTEMPTS));
        this.context = context;
        this.reconnects = reconnects;
        this.phases = new PhaseLog(context.progress());
        this.clock = clock;
    }

    PromotionResult run(PromotionRequest request) throws InterruptedException {
        Environment from = request.from();
        requireConfirmation(request.confirm());
        requireAnotherPlace(request);
        Freeze freeze = new Freeze(target, context, request.overrideFreeze(), clock);
        freeze.pass();
        ValidatedResult validated = phases.phase("validated", () -> validated(request));
        Promotion promotion = new Promotion(validated, target, context, freeze);
        DeployResult deployed = new EnvironmentFlows(target, context, reconnects)
                .deploy(carriedOn(validated, request.redeployRejected()), promotion);
        return new PromotionResult(from.name(), deployed, promotion.backup(), phases.elapsedMillis(), phases.phases());
    }

    private ValidatedResult validated(PromotionRequest request) throws InterruptedException {
        return request.found().isPresent()
                ? request.found().get()
                : ValidatedRelease.of(request.from(), context, request.sha());
    }

    /** The images that were validated are those that go on, where both environments name images by a tag. */
    private DeployRequest carriedOn(ValidatedResult release, boolean redeployRejected) {
        Optional<ImageTag> tag = Optional.of(release.tag())
                .filter(text -> !text.isEmpty() && target.image().isPresent())
                .map(ImageTag::new);
        return new DeployRequest(Optional.of(new CommitSha(release.sha())), tag, redeployRejected);
    }

    private void requireConfirmation(String typed) {
        if (!typed.equals(PromotionRequest.CONFIRMATION)) {
            throw DeployFirstException.usage(
                    "confirm: "
                            + (typed.isEmpty() ? "is missing." : "\"" + OneLine.of(typed, 60) + "\" is not DEPLOY."),
                    "Type DEPLOY, in capital letters, to change " + target.name() + ".");
        }
    }

    /** Hosts of the same address are different ones to processes that do not reach the same network. */
    private void requireAnotherPlace(PromotionRequest request) {
        Environment from = request.from();
        boolean samePlace = request.found().isEmpty()
                && from.host().equals(target.host())
                && from.directory().equals(target.directory());
        if (from.name().equals(target.name()) || samePlace) {
            throw DeployFirstException.usage(
                    "to: " + target.name() + " is where the release comes from.", "Name another environment.");
        }
    }
}

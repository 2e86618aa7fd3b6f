package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts a release live, and takes it back at once when it does not come up healthy. */
final class DeployFlow {
    private static final GateResult NOT_ASKED = new GateResult(false, List.of());

    private final Environment environment;
    private final FlowContext context;
    private final Occasion occasion;
    private final Messages messages;
    private final PhaseLog phases;
    private final Carrier carrier;
    private Change change;
    private Consumer<String> tellHalfWay = error -> {};
    private List<DeployResult.ImageChange> images = List.of();

    DeployFlow(Environment environment, FlowContext context, Occasion occasion) {
        this.environment = environment;
        this.context = context;
        this.occasion = occasion;
        this.messages = new Messages(environment, context);
        this.phases = new PhaseLog(context.progress());
        this.carrier = Carrier.of(environment);
    }

    /**
     * Deploys.
     *
     * @param again whether this goes on with a deployment whose connection was lost half way
     */
    DeployResult run(DeployRequest request, boolean again) throws InterruptedException {
        try (EnvironmentShell shell = phases.phase("connect", () -> EnvironmentShell.open(environment, context))) {
            String asked = request.sha().map(CommitSha::value).orElse("");
            HostState found = phases.phase("lock", () -> shell.lockAndLook(context.holder(), asked));
            found.journal().interrupted().ifPresent(this::tellInterrupted);
            boolean interrupted = found.journal().interrupted().isPresent();
            change = new Change(environment, context, shell, found, interrupted, phases);

            Release release = bring(request, found.live());
            HostState before = asked.isEmpty() ? found.about(shell.entriesOf(release.sha())) : found;
            Optional<JournalEntry> cutOff =
                    before.journal().interrupted().filter(entry -> again && isTakingBack(entry, release));
            if (cutOff.isPresent()) {
                return takeBack(
                        shell, release, before, true, false, cutOff.get().get("reason"));
            }
            if (!again) {
                occasion.admit();
            }
            if (!request.redeployRejected()) {
                new Rejections(environment, context).refuse(release, before.journal());
            }
            occasion.announce(messages, release, before.live());
            tellHalfWay = error -> messages.failed(
                    release,
                    error,
                    goingBackTo(release, before).map(change::byHand).orElse(""));
            try {
                change.preflight();
                change.lendSecrets();
                change.checkCompose();
                change.requireServices();
                occasion.prepare(change);
                change.install(started(release, before), Change.Schema.FORWARD);
            } catch (ConnectionLostException e) {
                throw e;
            } catch (DeployFirstException e) {
                if (change.touched() && interrupted) {
                    return takeBack(shell, release, before, true, false, e.getMessage());
                }
                change.undo();
                return failed(shell, release, before, e);
            }
            Optional<String> problem;
            GateResult gate = NOT_ASKED;
            boolean started = false;
            try {
                change.start();
                images = change.images();
                started = true;
                gate = change.gate();
                problem = gate.healthy() ? Optional.empty() : Optional.of("not healthy: " + Gate.reason(gate));
            } catch (ConnectionLostException e) {
                throw e;
            } catch (DeployFirstException e) {
                problem = Optional.of(e.getMessage());
            }
            if (problem.isPresent()) {
                change.showLogs();
                return takeBack(
                        shell, release, before, !started, environment.migrate().isPresent(), problem.get());
            }
            change.record(entry(Event.DEPLOY_SUCCEEDED, release, before)
                    .with("migrated", environment.migrate().isPresent() ? "yes" : ""));
            occasion.succeed(change, messages, release, before.live());
            return result(Outcome.DONE, release, before, Optional.empty(), gate, "");
        }
    }

    private Release bring(DeployRequest request, Release live) throws InterruptedException {
        Release wanted = carrier.wanted(request, live);
        Release release = wanted.is(live) && request.sha().isEmpty() ? change.fetchAgain(wanted) : change.fetch(wanted);
        return release.sha().isEmpty() ? change.readRevision() : release;
    }

    /** Returns whether something was changed: then an exception, unlike a result, leaves something to mend. */
    boolean touched() {
        return change != null && change.touched();
    }

    /** Tells people that the release is left half way, and what they can type. */
    void tellHalfWay(String error) {
        tellHalfWay.accept(error);
    }

    private void tellInterrupted(JournalEntry start) {
        context.progress()
                .warn("The last run died half way: " + start.get("event") + " of " + start.sha() + " at "
                        + start.get("time") + ". Going on from there.");
    }

    private static boolean isTakingBack(JournalEntry entry, Release release) {
        return entry.is(Event.ROLLBACK_STARTED) && entry.get("rejected").equals(release.sha());
    }

    private JournalEntry started(Release release, HostState before) {
        JournalEntry entry = entry(Event.DEPLOY_STARTED, release, before)
                .with("author", release.author())
                .with("subject", release.subject())
                .withWhole("previousImages", imagesToRemember(before));
        Optional<HostState.RollbackPoint> point = occasion.rollbackPoint(before, release);
        entry = entry.with(
                        "rollbackPoint", point.map(HostState.RollbackPoint::sha).orElse(""))
                .with(
                        "provisional",
                        point.filter(HostState.RollbackPoint::provisional).isPresent() ? "yes" : "");
        return occasion.describe(entry);
    }

    /** What ran before is remembered once: a release that was deployed from here has its images in the journal. */
    private static String imagesToRemember(HostState before) {
        Release live = before.live();
        boolean known = !live.sha().isEmpty()
                && !Release.of(live.sha(), before.journal().tail()).images().isEmpty();
        return known ? "" : live.images().toText();
    }

    /** It failed before anything that runs was changed; what an earlier run left half way is so still. */
    private DeployResult failed(EnvironmentShell shell, Release release, HostState before, DeployFirstException failure)
            throws InterruptedException {
        String problem = failure.getMessage();
        shell.record(entry(Event.DEPLOY_FAILED, release, before)
                .with("reason", problem)
                .with("unfinished", before.journal().interrupted().isPresent() ? "yes" : ""));
        messages.failed(release, problem, before.live().abbreviated() + " stays live.");
        return result(failure.outcome(), release, before, Optional.empty(), NOT_ASKED, problem);
    }

    private DeployResult takeBack(
            EnvironmentShell shell,
            Release release,
            HostState before,
            boolean halfStarted,
            boolean migrated,
            String problem)
            throws InterruptedException {
        Optional<Release> target = goingBackTo(release, before);
        if (target.isEmpty()) {
            String error = Sentences.join(problem, "There is no other release to go back to; a person is needed.");
            shell.record(entry(Event.DEPLOY_FAILED, release, before)
                    .with("reason", error)
                    .with("live", release.sha()));
            messages.failed(release, error, "");
            return result(Outcome.PERSON_NEEDED, release, before, Optional.empty(), NOT_ASKED, error);
        }
        occasion.fail(change, target.get());
        HostState now = before.with(release, shell.containers());
        TakeBack.Order order = new TakeBack.Order(target.get(), problem, "health", "", true, migrated);
        TakeBack.Done done = new TakeBack(environment, context, shell, phases).run(now, halfStarted, order);
        if (done.succeeded()) {
            messages.rolledBack(release, target.get(), problem, List.of());
            String error = Sentences.join(release.abbreviated() + " was taken back: " + problem);
            return result(Outcome.ROLLED_BACK, release, before, Optional.of(done.to()), done.gate(), error);
        }
        messages.failed(release, done.error(), done.byHand());
        return result(
                Outcome.PERSON_NEEDED,
                release,
                before,
                Optional.empty(),
                done.gate(),
                Sentences.join(problem, done.error()));
    }

    private Optional<Release> goingBackTo(Release release, HostState before) {
        return occasion.rollbackPoint(before, release)
                .map(HostState.RollbackPoint::release)
                .filter(point -> point.isKnown() && !point.is(release));
    }

    private JournalEntry entry(Event event, Release release, HostState before) {
        return JournalEntry.now(event, context.by(), context.build())
                .with("sha", release.sha())
                .with("tag", release.tag())
                .with("previousSha", before.live().sha())
                .with("previousTag", before.live().tag());
    }

    private DeployResult result(
            Outcome outcome,
            Release release,
            HostState before,
            Optional<Release> wentBackTo,
            GateResult gate,
            String error) {
        return new DeployResult(
                outcome,
                environment.name(),
                release.sha(),
                release.tag(),
                before.live().sha(),
                before.lastValidated().orElse(""),
                wentBackTo.map(Release::id).orElse(""),
                Commit.of(Stream.concat(Stream.of(release, before.live()), wentBackTo.stream())),
                gate,
                images,
                phases.elapsedMillis(),
                phases.phases(),
                error);
    }
}

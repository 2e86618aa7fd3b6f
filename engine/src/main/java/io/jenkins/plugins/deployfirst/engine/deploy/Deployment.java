package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One release on its way to being live, on a host that is locked for it and has it already. */
final class Deployment {
    private final Environment environment;
    private final FlowContext context;
    private final Occasion occasion;
    private final Messages messages;
    private final PhaseLog phases;
    private final EnvironmentShell shell;
    private final Change change;
    private final Release release;
    private final HostState before;
    private boolean started;
    private GateResult gate = new GateResult(false, List.of());

    /**
     * Creates it.
     *
     * @param change has brought the release to the host
     * @param before what the host runs and remembers
     */
    Deployment(
            Environment environment,
            FlowContext context,
            Occasion occasion,
            PhaseLog phases,
            EnvironmentShell shell,
            Change change,
            Release release,
            HostState before) {
        this.environment = environment;
        this.context = context;
        this.occasion = occasion;
        this.messages = new Messages(environment, context);
        this.phases = phases;
        this.shell = shell;
        this.change = change;
        this.release = release;
        this.before = before;
    }

    /** Puts the release live; takes the host back when it is not healthy. */
    DeployResult run() throws InterruptedException {
        occasion.announce(messages, release, before.live());
        Optional<DeployFirstException> hindrance = install();
        if (hindrance.isPresent()) {
            return leave(hindrance.get());
        }
        Optional<String> problem = start();
        if (problem.isPresent()) {
            change.showLogs();
            return takeBack(environment.migrate().isPresent(), problem.get());
        }
        return succeed();
    }

    /** Goes on with taking the host back from this release, which was cut off. */
    DeployResult goOnTakingBack(String reason) throws InterruptedException {
        return takeBack(false, reason);
    }

    /** Tells people that the release is left half way, and what they can type. */
    void tellHalfWay(String error) {
        messages.failed(release, error, goingBackTo().map(change::byHand).orElse(""));
    }

    /** Does all that leaves the containers alone. Returns why the release cannot be started. */
    private Optional<DeployFirstException> install() throws InterruptedException {
        try {
            change.preflight();
            change.lendSecrets();
            change.checkCompose();
            change.requireServices();
            occasion.prepare(change);
            change.install(startedEntry(), Change.Schema.FORWARD);
            return Optional.empty();
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            return Optional.of(e);
        }
    }

    /** Makes the release run, and waits for it to be healthy. Returns why it is not. */
    private Optional<String> start() throws InterruptedException {
        try {
            change.start();
            started = true;
            gate = change.gate();
            return gate.healthy() ? Optional.empty() : Optional.of("not healthy: " + Gate.reason(gate));
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            return Optional.of(e.getMessage());
        }
    }

    private DeployResult succeed() throws InterruptedException {
        change.record(entry(Event.DEPLOY_SUCCEEDED)
                .with("migrated", environment.migrate().isPresent() ? "yes" : ""));
        occasion.succeed(change, messages, release, before.live());
        return result(Outcome.DONE, Optional.empty(), gate, "");
    }

    /**
     * Leaves what runs as it is. Where an earlier run died half way nobody knows what that is, and the host is taken back
     * to a release that is known.
     */
    private DeployResult leave(DeployFirstException hindrance) throws InterruptedException {
        String problem = hindrance.getMessage();
        boolean unfinished = before.journal().interrupted().isPresent();
        if (change.touched() && unfinished) {
            return takeBack(false, problem);
        }
        change.undo();
        shell.record(entry(Event.DEPLOY_FAILED).with("reason", problem).with("unfinished", unfinished ? "yes" : ""));
        messages.failed(release, problem, before.live().abbreviated() + " stays live.");
        return result(hindrance.outcome(), Optional.empty(), gate, problem);
    }

    private DeployResult takeBack(boolean migrated, String problem) throws InterruptedException {
        Optional<Release> target = goingBackTo();
        if (target.isEmpty()) {
            String error = Sentences.join(problem, "There is no other release to go back to; a person is needed.");
            shell.record(entry(Event.DEPLOY_FAILED).with("reason", error).with("live", release.sha()));
            messages.failed(release, error, "");
            return result(Outcome.PERSON_NEEDED, Optional.empty(), gate, error);
        }
        occasion.fail(change, target.get());
        HostState now = before.with(release, shell.containers());
        TakeBack.Order order = new TakeBack.Order(target.get(), problem, "health", "", true, migrated);
        TakeBack.Done done = new TakeBack(environment, context, shell, phases).run(now, !started, order);
        if (done.succeeded()) {
            messages.rolledBack(release, target.get(), problem, List.of());
            String error = Sentences.join(release.abbreviated() + " was taken back: " + problem);
            return result(Outcome.ROLLED_BACK, Optional.of(done.to()), done.gate(), error);
        }
        messages.failed(release, done.error(), done.byHand());
        return result(Outcome.PERSON_NEEDED, Optional.empty(), done.gate(), Sentences.join(problem, done.error()));
    }

    private Optional<Release> goingBackTo() {
        return occasion.rollbackPoint(before, release)
                .map(HostState.RollbackPoint::release)
                .filter(point -> point.isKnown() && !point.is(release));
    }

    private JournalEntry startedEntry() {
        Optional<HostState.RollbackPoint> point = occasion.rollbackPoint(before, release);
        return occasion.describe(entry(Event.DEPLOY_STARTED)
                .with("author", release.author())
                .with("subject", release.subject())
                .withWhole("previousImages", imagesToRemember())
                .with("rollbackPoint", point.map(HostState.RollbackPoint::sha).orElse(""))
                .with(
                        "provisional",
                        point.filter(HostState.RollbackPoint::provisional).isPresent() ? "yes" : ""));
    }

    /** What ran before is remembered once: a release that was deployed from here has its images in the journal. */
    private String imagesToRemember() {
        Release live = before.live();
        boolean known = !live.sha().isEmpty()
                && !Release.of(live.sha(), before.journal().tail()).images().isEmpty();
        return known ? "" : live.images().toText();
    }

    private JournalEntry entry(Event event) {
        return JournalEntry.now(event, context.by(), context.build())
                .with("sha", release.sha())
                .with("tag", release.tag())
                .with("previousSha", before.live().sha())
                .with("previousTag", before.live().tag());
    }

    private DeployResult result(Outcome outcome, Optional<Release> wentBackTo, GateResult answer, String error) {
        return new DeployResult(
                outcome,
                environment.name(),
                release.sha(),
                release.tag(),
                before.live().sha(),
                before.lastValidated().orElse(""),
                wentBackTo.map(Release::id).orElse(""),
                Commit.of(Stream.concat(Stream.of(release, before.live()), wentBackTo.stream())),
                answer,
                change.images(),
                phases.elapsedMillis(),
                phases.phases(),
                error);
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes an environment back to its rollback point or to a given release. */
final class RollbackFlow {
    private static final GateResult NOT_ASKED = new GateResult(false, List.of());

    private final Environment environment;
    private final FlowContext context;
    private final Messages messages;
    private final PhaseLog phases;

    RollbackFlow(Environment environment, FlowContext context) {
        this.environment = environment;
        this.context = context;
        this.messages = new Messages(environment, context);
        this.phases = new PhaseLog(context.progress());
    }

    RollbackResult run(RollbackRequest request) throws InterruptedException {
        try (EnvironmentShell shell = phases.phase("connect", () -> EnvironmentShell.open(environment, context))) {
            HostState found = phases.phase("lock", () -> shell.lockAndLook(context.holder(), ""));
            Optional<JournalEntry> earlier = earlierRun(request, found);
            if (earlier.filter(entry -> entry.is(Event.ROLLBACK_SUCCEEDED)).isPresent()) {
                return result(Outcome.DONE, found.live(), found, false, NOT_ASKED, "");
            }
            if (isSuperseded(request, found) && earlier.isEmpty()) {
                return leaveAlone(shell, request.onlyIfLive().orElseThrow(), found);
            }
            HostState state = earlier.isEmpty() ? found : found.with(watched(request), found.containers());
            boolean interrupted = state.journal().interrupted().isPresent();
            Release target;
            try {
                target = earlier.isEmpty() ? target(shell, request, state) : found.live();
                if (target.is(state.live()) && !interrupted) {
                    throw nothingToDo(request, target);
                }
            } catch (DeployFirstException e) {
                recordNotValidated(shell, request, e);
                throw e;
            }
            String ci = context.ciServer()
                    .map(server -> pageOf(server, request, state))
                    .orElse("");
            TakeBack.Order order = new TakeBack.Order(
                    target,
                    request.reason(),
                    request.onlyIfLive().isPresent() ? "ci" : "hand",
                    ci,
                    !target.is(state.live()),
                    state.journal().migrated(state.live().sha()));
            TakeBack.Done done = new TakeBack(environment, context, shell, phases).run(state, interrupted, order);
            if (done.succeeded()) {
                moveRollbackPoint(shell, request, state, done.to());
                messages.rolledBack(
                        state.live(),
                        done.to(),
                        request.reason(),
                        request.failures(),
                        request.details().get());
                return result(Outcome.DONE, done.to(), state, false, done.gate(), "");
            }
            messages.failed(state.live(), done.error(), done.byHand());
            return result(Outcome.PERSON_NEEDED, done.to(), state, false, done.gate(), done.error());
        }
    }

    /**
     * Returns what the journal says of an earlier run of the same rollback that has put the target into the checkout: it
     * came to its end and nobody was told, or it was cut off before everything ran.
     */
    private static Optional<JournalEntry> earlierRun(RollbackRequest request, HostState state) {
        return request.onlyIfLive()
                .flatMap(sha -> state.journal().rollbackOf(sha.value()))
                .filter(entry -> entry.sha().equals(state.live().sha()));
    }

    private static Release watched(RollbackRequest request) {
        return Release.of(request.onlyIfLive().orElseThrow().value());
    }

    private static boolean isSuperseded(RollbackRequest request, HostState state) {
        return request.onlyIfLive()
                .filter(sha -> !sha.value().equals(state.live().sha()))
                .isPresent();
    }

    private RollbackResult leaveAlone(EnvironmentShell shell, CommitSha watched, HostState state)
            throws InterruptedException {
        shell.record(JournalEntry.now(Event.SUPERSEDED, context.by(), context.build())
                .with("sha", watched.value())
                .with("live", state.live().sha()));
        context.progress()
                .info(watched.abbreviated() + " is not live any more, "
                        + state.live().abbreviated() + " is: nothing to undo.");
        return result(Outcome.DONE, state.live(), state, true, NOT_ASKED, "");
    }

    private Release target(EnvironmentShell shell, RollbackRequest request, HostState state)
            throws InterruptedException {
        if (request.to().isPresent()) {
            return shell.fetch(Release.of(request.to().get().value()), "").release();
        }
        Optional<HostState.RollbackPoint> point = state.rollbackPoint();
        if (point.isEmpty()) {
            String file = state.hasDamagedFile()
                    ? "the validated SHA's file holds \"" + OneLine.of(state.validatedText(), 100)
                            + "\", and the journal names no release"
                    : "no release was ever validated, and the journal is empty";
            throw new DeployFirstException(
                    Outcome.PERSON_NEEDED,
                    environment.name() + " has no rollback point: " + file + ".",
                    "Name the release to return to (--to, or the parameter to).");
        }
        if (point.get().provisional()) {
            context.progress()
                    .warn("No release was ever validated; going back to what was live before the first deployment.");
        }
        return point.get().release();
    }

    /**
     * Whoever takes back the last validated release names another to rely on: else the next release that fails would bring
     * back what was just taken away.
     */
    private void moveRollbackPoint(EnvironmentShell shell, RollbackRequest request, HostState state, Release target)
            throws InterruptedException {
        boolean tookBackThePoint =
                state.lastValidated().filter(state.live().sha()::equals).isPresent();
        if (request.to().isPresent() && tookBackThePoint) {
            shell.validate(
                    target,
                    JournalEntry.now(Event.VALIDATED, context.by(), context.build())
                            .with("sha", target.sha())
                            .with("byHand", "yes"));
            context.progress().info(target.abbreviated() + " is what a rollback returns to from now on.");
        }
    }

    /** A watched release that cannot be taken back stays live; the journal tells that its CI failed. */
    private void recordNotValidated(EnvironmentShell shell, RollbackRequest request, DeployFirstException why)
            throws InterruptedException {
        if (request.onlyIfLive().isPresent() && !(why instanceof ConnectionLostException)) {
            shell.record(JournalEntry.now(Event.NOT_VALIDATED, context.by(), context.build())
                    .with("sha", request.onlyIfLive().get().value())
                    .with("reason", Sentences.join(request.reason(), why.getMessage())));
        }
    }

    private DeployFirstException nothingToDo(RollbackRequest request, Release target) {
        String problem = environment.name() + " already runs " + target.name() + ", the release to go back to.";
        return request.onlyIfLive().isPresent()
                ? new DeployFirstException(Outcome.PERSON_NEEDED, problem, "Deploy a release that works.")
                : DeployFirstException.unchanged(problem, "Name another one (--to, or the parameter to).");
    }

    private static String pageOf(CiServer server, RollbackRequest request, HostState state) {
        return request.failures().stream()
                .map(check -> check.url())
                .filter(url -> !url.isEmpty())
                .findFirst()
                .orElseGet(() -> server.pageOf(state.live().sha()));
    }

    private RollbackResult result(
            Outcome outcome, Release to, HostState state, boolean superseded, GateResult gate, String error) {
        Release live = outcome == Outcome.DONE ? to : state.live();
        return new RollbackResult(
                outcome,
                environment.name(),
                live.sha(),
                live.tag(),
                state.live().sha(),
                Commit.of(Stream.of(to, state.live())),
                superseded,
                gate,
                phases.elapsedMillis(),
                phases.phases(),
                error);
    }
}

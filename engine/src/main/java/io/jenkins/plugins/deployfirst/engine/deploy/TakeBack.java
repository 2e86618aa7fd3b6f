package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;

/** Takes an environment back to a release, in a shell that holds its lock. */
final class TakeBack {
    private final Environment environment;
    private final FlowContext context;
    private final EnvironmentShell shell;
    private final PhaseLog phases;

    /**
     * Why and how far an environment is taken back.
     *
     * @param to the release to return to
     * @param reason one line
     * @param cause {@code ci}, {@code health} or {@code hand}
     * @param ci the page that shows the failing checks; may be empty
     * @param reject whether what is live now is refused from now on
     * @param migrated whether a migration was run for what is live now
     */
    record Order(Release to, String reason, String cause, String ci, boolean reject, boolean migrated) {}

    /**
     * What came of it.
     *
     * @param to what it went back to, with its tag
     * @param error why a person is needed; empty when nobody is
     * @param byHand what that person types
     */
    record Done(Release to, GateResult gate, String error, String byHand) {
        boolean succeeded() {
            return error.isEmpty();
        }
    }

    TakeBack(Environment environment, FlowContext context, EnvironmentShell shell, PhaseLog phases) {
        this.environment = environment;
        this.context = context;
        this.shell = shell;
        this.phases = phases;
    }

    /**
     * Takes it back.
     *
     * @param state what the host runs now
     * @param interrupted whether what runs may not be what the checkout holds
     */
    Done run(HostState state, boolean interrupted, Order order) throws InterruptedException {
        Release from = state.live();
        context.progress().warn("Going back to " + order.to().abbreviated() + ": " + order.reason());
        Change change = new Change(environment, context, shell, state, interrupted, phases);
        Release to = order.to();
        String problem;
        GateResult gate = new GateResult(false, List.of());
        try {
            to = change.fetchAgain(to);
            lendSecrets(change);
            change.checkCompose();
            JournalEntry started = entry(Event.ROLLBACK_STARTED, to, from)
                    .with("reason", order.reason())
                    .with("cause", order.cause())
                    .with("ci", order.ci())
                    .with("rejected", order.reject() ? from.sha() : "");
            change.install(started, order.migrated() ? Change.Schema.BACK : Change.Schema.AS_IT_IS);
            change.start();
            gate = change.gate();
            if (gate.healthy()) {
                change.record(entry(Event.ROLLBACK_SUCCEEDED, to, from).with("reason", order.reason()));
                return new Done(to, gate, "", "");
            }
            problem = "it is not healthy either: " + Gate.reason(gate);
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            problem = e.getMessage();
        }
        change.showLogs();
        shell.record(entry(Event.ROLLBACK_FAILED, to, from).with("reason", problem));
        change.printManualCommands(to);
        return new Done(
                to,
                gate,
                Sentences.join(
                        "The rollback of " + environment.name() + " to " + to.name() + " failed: " + problem,
                        "A person is needed; the log shows the commands."),
                change.byHand(to));
    }

    /** What is on the host already needs no registry, and a registry that is down must not keep the bad code live. */
    private void lendSecrets(Change change) throws InterruptedException {
        try {
            change.lendSecrets();
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            context.progress().warn(e.getMessage() + " Going on without it.");
        }
    }

    private JournalEntry entry(Event event, Release release, Release previous) {
        return JournalEntry.now(event, context.by(), context.build())
                .with("sha", release.sha())
                .with("tag", release.tag())
                .with("previousSha", previous.sha())
                .with("previousTag", previous.tag());
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts a release live, and takes it back at once when it does not come up healthy. */
final class DeployFlow {
    private final Environment environment;
    private final FlowContext context;
    private final Occasion occasion;
    private final PhaseLog phases;
    private final Carrier carrier;
    private Change change;
    private Consumer<String> tellHalfWay = error -> {};

    DeployFlow(Environment environment, FlowContext context, Occasion occasion) {
        this.environment = environment;
        this.context = context;
        this.occasion = occasion;
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
            Optional<JournalEntry> interrupted = found.journal().interrupted();
            interrupted.ifPresent(this::tellInterrupted);
            change = new Change(environment, context, shell, found, interrupted.isPresent(), phases);

            Release release = bring(request, found.live());
            HostState before = asked.isEmpty() ? found.about(shell.entriesOf(release.sha())) : found;
            Deployment deployment =
                    new Deployment(environment, context, occasion, phases, shell, change, release, before);
            if (again && interrupted.isPresent() && isTakingBack(interrupted.get(), release)) {
                return deployment.goOnTakingBack(interrupted.get().get("reason"));
            }
            if (!again) {
                occasion.admit();
            }
            if (!request.redeployRejected()) {
                new Rejections(environment, context).refuse(release, before.journal());
            }
            tellHalfWay = deployment::tellHalfWay;
            return deployment.run();
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
}

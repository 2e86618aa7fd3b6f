package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.util.Optional;

/** Writes down on the host that a release's CI succeeded. */
final class ValidateFlow {
    private final Environment environment;
    private final FlowContext context;
    private final Duration ciDuration;
    private final PhaseLog phases;

    /**
     * Creates it.
     *
     * @param ciDuration how long CI took from the start of its watch; later watches learn from it
     */
    ValidateFlow(Environment environment, FlowContext context, Duration ciDuration) {
        this.environment = environment;
        this.context = context;
        this.ciDuration = ciDuration;
        this.phases = new PhaseLog(context.progress());
    }

    /**
     * Marks the release, and makes it the last validated one unless a newer one is that already. Returns what is known of
     * the release.
     */
    Release run(String sha) throws InterruptedException {
        try (EnvironmentShell shell = phases.phase("connect", () -> EnvironmentShell.open(environment, context))) {
            HostState state = phases.phase("lock", () -> shell.lockAndLook(context.holder(), sha));
            Release release = shell.fetch(Release.of(sha), "").release();
            Release validated =
                    release.with(Release.of(sha, state.journal().ofSha()).images());
            JournalEntry entry = JournalEntry.now(Event.VALIDATED, context.by(), context.build())
                    .with("sha", sha)
                    .with("ciSeconds", Long.toString(ciDuration.toSeconds()));
            if (becomesLast(shell, sha, state)) {
                phases.phase("validate", () -> {
                    shell.validate(validated, entry);
                    return null;
                });
            } else {
                shell.record(entry.with("current", "no"));
                String why = state.journal().wasTakenBack(sha)
                        ? "It was taken back for another reason than its CI"
                        : "A newer release is validated already";
                context.progress().info(why + "; the rollback point stays what it was.");
            }
            new Messages(environment, context).validated(release);
            return release;
        }
    }

    /**
     * A late success must not move the rollback point backwards, nor to what a person or the health gate took back. What
     * is live is the newest there is, also after a forced push; history that a shallow clone lacks is told by the order of
     * the journal.
     */
    private static boolean becomesLast(EnvironmentShell shell, String sha, HostState state)
            throws InterruptedException {
        if (state.journal().wasTakenBack(sha) && !state.live().sha().equals(sha)) {
            return false;
        }
        Optional<String> last = state.lastValidated();
        if (last.isEmpty() || last.get().equals(sha) || state.live().sha().equals(sha)) {
            return true;
        }
        String descends = shell.descends(last.get(), sha);
        return descends.equals("yes")
                || descends.equals("unknown") && !state.journal().ofSha().isEmpty() && isNewer(state, sha, last.get());
    }

    private static boolean isNewer(HostState state, String sha, String last) {
        String seen = "";
        for (JournalEntry entry : state.journal().tail()) {
            if (entry.is(Event.DEPLOY_SUCCEEDED)
                    && (entry.sha().equals(sha) || entry.sha().equals(last))) {
                seen = entry.sha();
            }
        }
        return seen.equals(sha);
    }
}

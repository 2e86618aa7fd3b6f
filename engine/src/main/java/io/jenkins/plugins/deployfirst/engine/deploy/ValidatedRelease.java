package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;

/** Finds on an environment's host the release that may be carried on to another one. */
final class ValidatedRelease {
    private static final String REMEDY =
            "Watch its CI there until it succeeds, or name a release that is validated already.";

    private ValidatedRelease() {}

    /**
     * Returns it, with the tag and the digests of its images where it has some; nothing is changed, and nothing locked.
     *
     * @param wanted full or abbreviated; empty: the last validated one
     * @throws DeployFirstException (FAILED_UNCHANGED) when it is not validated
     */
    static ValidatedResult of(Environment environment, FlowContext context, Optional<CommitSha> wanted)
            throws InterruptedException {
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            String sha = wanted.isPresent() ? full(shell, wanted.get()) : last(shell, environment);
            HostState state = shell.look(sha, 1);
            if (!state.journal().isValidated(sha) && !isKnownFromBefore(state, sha)) {
                throw refusal(environment, sha, state);
            }
            Release release = Release.of(sha, state.journal().ofSha());
            List<String> digests = environment.image().isEmpty()
                    ? List.of()
                    : shell.digests(release.images().idsByService().values());
            return new ValidatedResult(environment.name(), sha, release.tag(), digests);
        }
    }

    private static String full(EnvironmentShell shell, CommitSha sha) throws InterruptedException {
        return sha.isFull() ? sha.value() : shell.resolve(sha.value());
    }

    private static String last(EnvironmentShell shell, Environment environment) throws InterruptedException {
        return shell.look(1)
                .lastValidated()
                .orElseThrow(() -> DeployFirstException.unchanged(
                        "No release was ever validated on " + environment.name() + ".", REMEDY));
    }

    /** A validated SHA's file that was there before this journal began is believed, as it is by a rollback. */
    private static boolean isKnownFromBefore(HostState state, String sha) {
        return state.validated().filter(sha::equals).isPresent()
                && !state.journal().namesAsValidated(sha)
                && state.journal().rejection(sha).isEmpty();
    }

    private static DeployFirstException refusal(Environment environment, String sha, HostState state) {
        Optional<JournalEntry> rejection = state.journal().rejection(sha);
        String why = rejection
                .map(entry -> "it was rolled back there at " + entry.get("time") + ": " + entry.get("reason"))
                .orElseGet(() -> state.journal().namesAsValidated(sha)
                        ? "its CI did not succeed after it was rolled back, or only a person named it."
                        : "its CI has not succeeded there.");
        return DeployFirstException.unchanged(
                "sha: " + sha + " is not validated on " + environment.name() + ": " + why, REMEDY);
    }
}

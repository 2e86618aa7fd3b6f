package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a rollback is asked for.
 *
 * @param to the release to return to; empty: the rollback point
 * @param onlyIfLive leave the host alone unless this release is live; empty: whatever is live
 * @param reason why, in one line, for the journal and the message
 * @param failures the checks that failed, for the message; empty when a person asked
 * @param details why they failed, asked for when the message is made; must not block for long
 */
public record RollbackRequest(
        Optional<CommitSha> to,
        Optional<CommitSha> onlyIfLive,
        String reason,
        List<Check> failures,
        Supplier<List<FailureDetail>> details) {
    public RollbackRequest {
        failures = List.copyOf(failures);
    }

    /** A person takes the environment back. */
    public static RollbackRequest byHand(Optional<CommitSha> to) {
        return new RollbackRequest(to, Optional.empty(), "asked for by hand", List.of(), List::of);
    }
}

package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what is wrong with an environment from what is known of it. */
record AttentionRules(DefinedEnvironment environment, KnownStatus known, List<WatchView> watches) {
    private static final Set<Event> CHANGES = Set.of(
            Event.DEPLOY_STARTED,
            Event.DEPLOY_SUCCEEDED,
            Event.DEPLOY_FAILED,
            Event.ROLLBACK_STARTED,
            Event.ROLLBACK_SUCCEEDED,
            Event.ROLLBACK_FAILED);

    /** Returns the reasons, the most urgent first. */
    List<Attention> reasons() {
        SeenStatus seen = known.seen();
        List<Attention> reasons = new ArrayList<>();
        if (seen.interrupted().isPresent()) {
            reasons.add(Attention.INTERRUPTED);
        }
        if (hasFailedRollback(seen)) {
            reasons.add(Attention.ROLLBACK_FAILED);
        }
        if (Health.of(seen.health()) == Health.UNHEALTHY) {
            reasons.add(Attention.UNHEALTHY);
        }
        if (known.isFailing()) {
            reasons.add(Attention.UNREACHABLE);
        }
        if (isWithoutVerdict() && seen.lockHolder().isEmpty()) {
            reasons.add(Attention.NOT_VALIDATED);
        }
        return List.copyOf(reasons);
    }

    private static boolean hasFailedRollback(SeenStatus seen) {
        return seen.journal().stream()
                .filter(entry -> entry.event().filter(CHANGES::contains).isPresent())
                .reduce((before, last) -> last)
                .filter(entry -> entry.is(Event.ROLLBACK_FAILED))
                .isPresent();
    }

    /** Returns whether CI has never said that what is live is good, could say so, and nobody waits for it. */
    boolean isWithoutVerdict() {
        SeenStatus seen = known.seen();
        String live = seen.live().getSha();
        return environment.definition().getCi() != null
                && ReleaseView.isFullSha(live)
                && !live.equals(seen.validated().getSha())
                && seen.journal().stream().noneMatch(entry -> isValidation(entry, live))
                && watches.stream().noneMatch(watch -> watch.getSha().equals(live));
    }

    private static boolean isValidation(JournalEntry entry, String sha) {
        return entry.is(Event.VALIDATED) && entry.sha().equals(sha);
    }
}

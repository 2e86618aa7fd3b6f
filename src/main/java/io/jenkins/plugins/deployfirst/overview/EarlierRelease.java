package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A release that an environment ran before, as the form of a rollback offers it. */
public final class EarlierRelease {
    private final ReleaseView release;
    private final ReleaseFate fate;

    private EarlierRelease(ReleaseView release, ReleaseFate fate) {
        this.release = release;
        this.fate = fate;
    }

    /** Returns those that the journal knows, newest first, without the live and the last validated one. */
    static List<EarlierRelease> of(SeenStatus seen) {
        Map<String, EarlierRelease> bySha = new LinkedHashMap<>();
        List<JournalEntry> journal = seen.journal();
        for (int i = journal.size() - 1; i >= 0; i--) {
            JournalEntry entry = journal.get(i);
            String sha = entry.sha();
            boolean ran = entry.is(Event.DEPLOY_SUCCEEDED) || entry.is(Event.ROLLBACK_SUCCEEDED);
            if (ran && ReleaseView.isFullSha(sha)) {
                bySha.computeIfAbsent(
                        sha,
                        name -> new EarlierRelease(
                                seen.release(name, entry.get("tag")), ReleaseFate.of(name, journal)));
            }
        }
        bySha.remove(seen.live().getSha());
        bySha.remove(seen.validated().getSha());
        return List.copyOf(bySha.values());
    }

    public ReleaseView getRelease() {
        return release;
    }

    public ReleaseFate getFate() {
        return fate;
    }
}

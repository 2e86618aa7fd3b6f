package io.jenkins.plugins.deployfirst.action;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells from the records of a job, in the order in which things happened, what has become of each release. */
final class ReleaseHistory {
    private final Map<String, CommitRecord> commits;

    /** The releases so far, the newest first. */
    private final Deque<ShownRelease> releases = new ArrayDeque<>();

    /** Which release each environment runs. */
    private final Map<String, ShownRelease> live = new HashMap<>();

    private ReleaseHistory(Map<String, CommitRecord> commits) {
        this.commits = commits;
    }

    /** Returns the releases, newest first. */
    static List<ShownRelease> of(JobRecords records) {
        return of(records.changes().toList(), records.commits());
    }

    /**
     * Returns the releases, newest first.
     *
     * @param newestFirst what happened
     * @param commits what is known of commits, by their SHA
     */
    static List<ShownRelease> of(List<BuildRecord> newestFirst, Map<String, CommitRecord> commits) {
        ReleaseHistory history = new ReleaseHistory(commits);
        List<BuildRecord> changes = new ArrayList<>(newestFirst);
        Collections.reverse(changes);
        changes.forEach(history::add);
        return history.releases.stream().limit(JobRecords.RELEASES).toList();
    }

    private void add(BuildRecord known) {
        DeploymentRecord record = known.record();
        switch (record.kind()) {
            case DEPLOY -> deployed(known);
            case WATCH -> watched(record);
            case ROLLBACK -> takenBackByHand(record);
            default -> {
                // Concerns no release.
            }
        }
    }

    private void deployed(BuildRecord known) {
        DeploymentRecord record = known.record();
        ShownRelease release = new ShownRelease(known.run(), record, commits.get(record.getSha()));
        releases.addFirst(release);
        if (release.getFate() == Fate.LIVE) {
            goLive(record.getEnvironment(), release);
        }
    }

    private void goLive(String environment, ShownRelease release) {
        ShownRelease before = live.put(environment, release);
        if (before != null && before != release) {
            before.supersede();
        }
    }

    private void watched(DeploymentRecord record) {
        ShownRelease release = find(record.getEnvironment(), record.getSha());
        if (release == null || record.isSuperseded()) {
            return;
        }
        switch (record.getOutcome()) {
            case "DONE" -> release.become(Fate.VALIDATED, "");
            case "ROLLED_BACK" -> {
                release.takenBack(record.getError(), WayBack.durationMillis(record));
                goneBack(record.getEnvironment(), record.getRolledBackTo());
            }
            case "NO_VERDICT", "FAILED_UNCHANGED" -> release.note(record.getError());
            case "PERSON_NEEDED" -> release.become(Fate.PERSON_NEEDED, record.getError());
            default -> {
                // It goes on, or was aborted: the release is what it was.
            }
        }
    }

    private void takenBackByHand(DeploymentRecord record) {
        ShownRelease release = find(record.getEnvironment(), record.getPreviousSha());
        if (record.getOutcome().equals("DONE") && !record.isSuperseded()) {
            if (release != null) {
                release.takenBack(Messages.ReleaseHistory_byHand(), WayBack.durationMillis(record));
            }
            goneBack(record.getEnvironment(), record.getSha());
        }
    }

    /** What was live before is live again; when its CI had succeeded, it still has. */
    private void goneBack(String environment, String sha) {
        ShownRelease again = find(environment, sha);
        if (again == null) {
            live.remove(environment);
            return;
        }
        live.put(environment, again);
        if (again.getFate() == Fate.SUPERSEDED) {
            again.become(Fate.LIVE, "");
        }
    }

    private ShownRelease find(String environment, String sha) {
        return releases.stream()
                .filter(release -> release.getEnvironment().equals(environment))
                .filter(release -> !sha.isEmpty() && release.getSha().equals(sha))
                .findFirst()
                .orElse(null);
    }
}

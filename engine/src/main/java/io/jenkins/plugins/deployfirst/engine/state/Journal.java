package io.jenkins.plugins.deployfirst.engine.state;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the journal says, read from the extracts that a script reports of it.
 *
 * @param tail the last entries, oldest first
 * @param first the first deployment's start; before any validation it tells what was live when it all began
 * @param validations the last validations
 * @param ofSha the last entries that name the release in question
 */
public record Journal(
        List<JournalEntry> tail,
        Optional<JournalEntry> first,
        List<JournalEntry> validations,
        List<JournalEntry> ofSha) {
    public Journal {
        tail = List.copyOf(tail);
        validations = List.copyOf(validations);
        ofSha = List.copyOf(ofSha);
    }

    /** Reads the extracts. */
    public static Journal of(String tail, String first, String validations, String ofSha) {
        return new Journal(
                JournalEntry.parseAll(tail),
                JournalEntry.parseAll(first).stream().findFirst(),
                JournalEntry.parseAll(validations),
                JournalEntry.parseAll(ofSha));
    }

    /** Returns the same journal, with the entries about another release. */
    public Journal about(List<JournalEntry> entries) {
        return new Journal(tail, first, validations, entries);
    }

    /** Returns the start of a deployment or rollback that never came to an end. */
    public Optional<JournalEntry> interrupted() {
        for (int i = tail.size() - 1; i >= 0; i--) {
            JournalEntry entry = tail.get(i);
            if (entry.is(Event.DEPLOY_STARTED) || entry.is(Event.ROLLBACK_STARTED)) {
                return Optional.of(entry);
            }
            if (isEnd(entry)) {
                return Optional.empty();
            }
            // Watches write in between, and say nothing about whether a change came to its end.
        }
        return Optional.empty();
    }

    /** A deployment that was refused before it changed anything ends nothing that was begun before it. */
    private static boolean isEnd(JournalEntry entry) {
        return entry.is(Event.DEPLOY_SUCCEEDED)
                || entry.is(Event.DEPLOY_FAILED) && entry.get("unfinished").isEmpty()
                || entry.is(Event.ROLLBACK_SUCCEEDED)
                || entry.is(Event.ROLLBACK_FAILED);
    }

    /** Returns the last release that became <em>last validated</em>. */
    public Optional<String> lastValidated() {
        return validations.stream()
                .filter(entry -> !entry.get("current").equals("no"))
                .map(JournalEntry::sha)
                .filter(Journal::isFullSha)
                .reduce((before, last) -> last);
    }

    /** Returns how long CI usually took from the start of its watch: the median of the last validations that tell it. */
    public Optional<Duration> usualCiDuration() {
        List<Duration> known = validations.stream()
                .map(entry -> entry.get("ciSeconds"))
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .sorted()
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() / 2));
    }

    /** Returns the first deployment's start, when it says what was live before it: a commit, or the images of services. */
    public Optional<JournalEntry> provisional() {
        return first.filter(entry -> isFullSha(entry.get("previousSha"))
                || !entry.get("previousTag").isEmpty()
                || !entry.get("previousImages").isEmpty());
    }

    /** Returns the rollback that rejected a release, unless the release was validated after it. */
    public Optional<JournalEntry> rejection(String sha) {
        Optional<JournalEntry> rejection = Optional.empty();
        for (JournalEntry entry : ofSha) {
            if (entry.is(Event.VALIDATED) && entry.sha().equals(sha)) {
                rejection = Optional.empty();
            } else if (entry.get("rejected").equals(sha)) {
                rejection = Optional.of(entry);
            }
        }
        return rejection;
    }

    /** Returns whether CI validated a release, and it was not rejected after that. */
    public boolean isValidated(String sha) {
        boolean validated = false;
        for (JournalEntry entry : ofSha) {
            if (entry.is(Event.VALIDATED) && entry.sha().equals(sha)) {
                validated |= entry.get("byHand").isEmpty();
            } else if (entry.get("rejected").equals(sha)) {
                validated = false;
            }
        }
        return validated && !wasTakenBack(sha);
    }

    /** Returns whether the release was ever named as validated, by CI or by a person. */
    public boolean namesAsValidated(String sha) {
        return ofSha.stream()
                .anyMatch(entry -> entry.is(Event.VALIDATED) && entry.sha().equals(sha));
    }

    /** Returns whether a person or the health gate took a release back, and it was not deployed again after that. */
    public boolean wasTakenBack(String sha) {
        boolean takenBack = false;
        for (JournalEntry entry : ofSha) {
            if (entry.is(Event.DEPLOY_STARTED) && entry.sha().equals(sha)) {
                takenBack = false;
            } else if (entry.get("rejected").equals(sha)) {
                takenBack = !entry.get("cause").equals("ci");
            }
        }
        return takenBack;
    }

    /** Returns the start or success of the rollback of a release, when no deployment was started after it. */
    public Optional<JournalEntry> rollbackOf(String sha) {
        for (int i = tail.size() - 1; i >= 0; i--) {
            JournalEntry entry = tail.get(i);
            if (entry.is(Event.DEPLOY_STARTED) || entry.is(Event.ROLLBACK_FAILED)) {
                return Optional.empty();
            }
            if (entry.is(Event.ROLLBACK_STARTED) || entry.is(Event.ROLLBACK_SUCCEEDED)) {
                return Optional.of(entry)
                        .filter(rollback -> rollback.get("previousSha").equals(sha));
            }
        }
        return Optional.empty();
    }

    /** Returns the deployment or rollback that put live what is live, unless something else was put live after it. */
    public Optional<JournalEntry> arrivalOf(String sha, String tag) {
        return tail.stream()
                .filter(entry -> entry.is(Event.DEPLOY_SUCCEEDED) || entry.is(Event.ROLLBACK_SUCCEEDED))
                .reduce((before, last) -> last)
                .filter(entry -> entry.sha().equals(sha)
                        && (!sha.isEmpty() || entry.get("tag").equals(tag)));
    }

    /** Returns whether a deployment of the release ran the environment's migration, and it was not taken back after that. */
    public boolean migrated(String sha) {
        boolean migrated = false;
        for (JournalEntry entry : tail) {
            if (entry.sha().equals(sha) && entry.get("migrated").equals("yes")) {
                migrated = true;
            } else if (entry.sha().equals(sha) && entry.is(Event.SCHEMA_TAKEN_BACK)) {
                migrated = false;
            }
        }
        return migrated;
    }

    private static boolean isFullSha(String text) {
        return text.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }
}

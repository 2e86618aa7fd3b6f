package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is live on an environment at this moment.
 *
 * @param environment the environment's name
 * @param live the commit of what the host runs now; what images do not tell of theirs is empty
 * @param liveTag the tag of its images; empty in a checkout
 * @param deployedAt when a deployment or rollback put that live, in ISO 8601 (UTC); empty when the journal does not tell
 * @param validated the commit of the last validated release; all of it is empty when none exists
 * @param validatedTag the tag of its images; empty in a checkout, and when the journal's last entries do not tell
 * @param ahead how many commits are live that the last validated release does not have; -1 when nobody can tell
 * @param behind how many commits the last validated release has that are not live; -1 when nobody can tell
 * @param interrupted whether the last deployment died half way
 * @param lockHolder who holds the lock; empty when nobody does
 * @param health {@value #HEALTHY}, {@value #UNHEALTHY} with the reason, or {@value #NOT_CONFIGURED}
 * @param journal the last entries, oldest first
 * @param commits what is known of the commits named here
 */
public record StatusResult(
        String environment,
        Commit live,
        String liveTag,
        String deployedAt,
        Commit validated,
        String validatedTag,
        int ahead,
        int behind,
        boolean interrupted,
        String lockHolder,
        String health,
        List<JournalEntry> journal,
        List<Commit> commits) {
    /** How many entries of the journal are told where nobody says how many. */
    public static final int USUAL_ENTRIES = 10;

    public static final String HEALTHY = "healthy";
    public static final String UNHEALTHY = "unhealthy: ";
    public static final String NOT_CONFIGURED = "not configured";

    public StatusResult {
        journal = List.copyOf(journal);
        commits = List.copyOf(commits);
    }

    /** Returns the map that the Pipeline step returns and that {@code --json} prints. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("live", live.sha());
        map.put("liveTag", liveTag);
        map.put("liveSubject", live.subject());
        map.put("liveAuthor", live.author());
        map.put("liveTime", live.time());
        map.put("deployedAt", deployedAt);
        map.put("lastValidated", validated.sha());
        map.put("validatedTag", validatedTag);
        map.put("validatedSubject", validated.subject());
        map.put("validatedAuthor", validated.author());
        map.put("validatedTime", validated.time());
        map.put("ahead", ahead);
        map.put("behind", behind);
        map.put("interrupted", interrupted);
        map.put("lockHolder", lockHolder);
        map.put("health", health);
        List<Map<String, String>> entries = new ArrayList<>();
        journal.forEach(entry -> entries.add(new LinkedHashMap<>(entry.fields())));
        map.put("journal", entries);
        map.put("commits", Commit.toMap(commits));
        return map;
    }
}

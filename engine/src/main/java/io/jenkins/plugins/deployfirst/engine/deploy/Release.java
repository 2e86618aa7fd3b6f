package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What is deployed: a commit, and where images carry it, their tag.
 *
 * @param sha the full SHA; empty when only the images are known, as of what ran before the first deployment
 * @param author who wrote it, at most 500 characters
 * @param subject the first line of its message, at most 500 characters
 * @param time when it was committed, in ISO 8601; empty when that is not known
 * @param tag the tag of its images; empty in a checkout, and when there is none
 * @param images what its services ran, as far as that is known
 */
record Release(String sha, String author, String subject, String time, String tag, ContainerImages images) {
    private static final int LONGEST = 500;
    static final Set<Event> GONE_LIVE =
            Set.of(Event.DEPLOY_STARTED, Event.DEPLOY_SUCCEEDED, Event.ROLLBACK_STARTED, Event.ROLLBACK_SUCCEEDED);

    Release(String sha, String author, String subject) {
        this(sha, author, subject, "", "", ContainerImages.NONE);
    }

    static boolean isFullSha(String text) {
        return text.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }

    /** Returns a commit of which nothing more is known. */
    static Release of(String sha) {
        return new Release(sha, "", "");
    }

    /** Reads what a script reported: four lines. */
    static Release parse(String lines) {
        String[] parts = Arrays.copyOf(lines.split("\n", 4), 4);
        return new Release(parts[0], line(parts[1]), line(parts[2]), line(parts[3]), "", ContainerImages.NONE);
    }

    private static String line(String reported) {
        return reported == null ? "" : OneLine.of(reported, LONGEST);
    }

    /** Returns what was live when a deployment was started, as its entry in the journal says. */
    static Release before(JournalEntry started) {
        return new Release(
                started.get("previousSha"),
                "",
                "",
                "",
                started.get("previousTag"),
                ContainerImages.parse(started.get("previousImages")));
    }

    /** Returns the commit with the tag and the images that it had here, as entries of the journal say. */
    static Release of(String sha, List<JournalEntry> journal) {
        Release known = of(sha);
        for (JournalEntry entry : journal) {
            boolean itself = entry.sha().equals(sha)
                    && entry.event().filter(GONE_LIVE::contains).isPresent();
            boolean before = entry.get("previousSha").equals(sha);
            if (itself) {
                known = known.with(entry.get("tag"), ContainerImages.parse(entry.get("images")));
            } else if (before) {
                Release previous = before(entry);
                known = known.with(previous.tag(), previous.images());
            }
        }
        return known;
    }

    /** Returns it with what is known newly; what is not leaves what was. */
    private Release with(String newTag, ContainerImages newImages) {
        return new Release(
                sha, author, subject, time, newTag.isEmpty() ? tag : newTag, newImages.isEmpty() ? images : newImages);
    }

    /** Returns it with other images. */
    Release with(ContainerImages other) {
        return new Release(sha, author, subject, time, tag, other);
    }

    /** Returns it under another tag. */
    Release tagged(String other) {
        return new Release(sha, author, subject, time, other, images);
    }

    /** Returns whether this is another name of the same release: the commit decides, where it is known. */
    boolean is(Release other) {
        return sha.equals(other.sha) && (!sha.isEmpty() || tag.equals(other.tag));
    }

    /** Returns whether enough is known to put it live. */
    boolean isKnown() {
        return !sha.isEmpty() || !tag.isEmpty() || !images.isEmpty();
    }

    /** Returns what tells it from others: the SHA, or where that is not known the tag. */
    String id() {
        return !sha.isEmpty() ? sha : !tag.isEmpty() ? tag : "unknown";
    }

    /** Returns its full name. */
    String name() {
        return sha.isEmpty() ? withoutSha() : sha;
    }

    /** Returns its name as people say it. */
    String abbreviated() {
        if (sha.isEmpty()) {
            return withoutSha();
        }
        String abbreviated = new CommitSha(sha).abbreviated();
        return tag.isEmpty() || tag.contains(abbreviated) ? abbreviated : abbreviated + " (" + tag + ")";
    }

    private String withoutSha() {
        return tag.isEmpty() ? "what ran before" : "tag " + tag;
    }
}

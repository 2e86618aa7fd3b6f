package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is known of a commit that a result names.
 *
 * @param sha the full SHA
 * @param author who wrote it
 * @param subject the first line of its message
 * @param time when it was committed, in ISO 8601 with the offset from UTC
 */
public record Commit(String sha, String author, String subject, String time) {
    static Commit of(Release release) {
        return new Commit(release.sha(), release.author(), release.subject(), release.time());
    }

    /** Returns those of some releases whose message is known, each once. */
    static List<Commit> of(Stream<Release> releases) {
        return releases.map(Commit::of)
                .filter(commit -> !commit.sha.isEmpty() && !commit.time.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns them by their SHA, in the plain maps that Groovy and JSON take. */
    static Map<String, Object> toMap(List<Commit> commits) {
        Map<String, Object> bySha = new LinkedHashMap<>();
        for (Commit commit : commits) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("author", commit.author);
            map.put("subject", commit.subject);
            map.put("time", commit.time);
            bySha.put(commit.sha, map);
        }
        return bySha;
    }
}

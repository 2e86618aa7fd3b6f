package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.engine.PlainJson;
import io.jenkins.plugins.deployfirst.engine.deploy.Commit;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.state.Journal;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a look at an environment told: the map of {@link StatusResult}. One that another version wrote may lack any of it.
 *
 * @param map never changes
 */
record SeenStatus(Map<String, Object> map) {
    static final SeenStatus NOTHING = new SeenStatus(Map.of());

    SeenStatus {
        map = Map.copyOf(map);
    }

    /** Reads what {@link #toJson} wrote. */
    static SeenStatus parse(String json) {
        Map<String, Object> known = new LinkedHashMap<>();
        PlainJson.readObject(json)
                .ifPresent(object -> object.forEach((key, value) -> {
                    if (value != null) {
                        known.put(key, value);
                    }
                }));
        return new SeenStatus(known);
    }

    /**
     * Returns the same with the pages of the commits that it names.
     *
     * @param pageOf tells that of a full SHA; empty where there is none
     */
    SeenStatus withPages(UnaryOperator<String> pageOf) {
        Map<String, Object> pages = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(text("live"), text("lastValidated")),
                        journal().stream().map(JournalEntry::sha))
                .filter(ReleaseView::isFullSha)
                .distinct()
                .forEach(sha -> pages.put(sha, pageOf.apply(sha)));
        pages.values().removeIf(""::equals);
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put("pages", pages);
        return new SeenStatus(more);
    }

    String toJson() {
        return PlainJson.write(map);
    }

    ReleaseView live() {
        return release(text("live"), text("liveTag"), "live");
    }

    ReleaseView validated() {
        return release(text("lastValidated"), text("validatedTag"), "validated");
    }

    private ReleaseView release(String sha, String tag, String prefix) {
        return new ReleaseView(
                new Commit(sha, text(prefix + "Author"), text(prefix + "Subject"), text(prefix + "Time")),
                tag,
                page(sha));
    }

    private String page(String sha) {
        return map.get("pages") instanceof Map<?, ?> pages ? text(pages, sha) : "";
    }

    /** Returns what is known of a commit that the journal names. */
    ReleaseView release(String sha, String tag) {
        Map<?, ?> commits = map.get("commits") instanceof Map<?, ?> all ? all : Map.of();
        Map<?, ?> known = commits.get(sha) instanceof Map<?, ?> commit ? commit : Map.of();
        return new ReleaseView(
                new Commit(sha, text(known, "author"), text(known, "subject"), text(known, "time")), tag, page(sha));
    }

    Moment deployedAt() {
        return Moment.parse(text("deployedAt"));
    }

    /** Returns how many commits live is ahead of the validated release; below zero when nobody knows. */
    int ahead() {
        return number("ahead");
    }

    int behind() {
        return number("behind");
    }

    String lockHolder() {
        return text("lockHolder");
    }

    String health() {
        return text("health");
    }

    /** Returns the start of the deployment or rollback that died half way. */
    Optional<JournalEntry> interrupted() {
        return Boolean.TRUE.equals(map.get("interrupted"))
                ? new Journal(journal(), Optional.empty(), List.of(), List.of()).interrupted()
                : Optional.empty();
    }

    /** Returns the last entries of the journal, oldest first. */
    List<JournalEntry> journal() {
        List<JournalEntry> entries = new ArrayList<>();
        if (map.get("journal") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> fields) {
                    Map<String, String> text = new LinkedHashMap<>();
                    fields.forEach((key, value) -> text.put(String.valueOf(key), String.valueOf(value)));
                    entries.add(new JournalEntry(text));
                }
            }
        }
        return entries;
    }

    private String text(String key) {
        return text(map, key);
    }

    private static String text(Map<?, ?> values, String key) {
        return values.get(key) instanceof String text ? text : "";
    }

    private int number(String key) {
        return map.get(key) instanceof Number number ? number.intValue() : -1;
    }
}

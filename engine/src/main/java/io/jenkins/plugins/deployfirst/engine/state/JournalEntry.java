package io.jenkins.plugins.deployfirst.engine.state;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of an environment's journal: an event with its time and what belongs to it, all of it text.
 *
 * @param fields {@code time} (ISO 8601, UTC), {@code event}, and per event {@code sha}, {@code previousSha}, {@code by},
 *     {@code build}, {@code reason} and more, in the order they are written
 */
public record JournalEntry(Map<String, String> fields) {
    private static final int LONGEST_VALUE = 2000;

    public JournalEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Begins an entry of now. */
    public static JournalEntry now(Event event, String by, String build) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("event", event.word());
        return new JournalEntry(fields).with("by", by).with("build", build);
    }

    /** Returns the entry with one more field; an empty value adds nothing, a very long one is cut. */
    public JournalEntry with(String field, String value) {
        return withWhole(field, value.length() <= LONGEST_VALUE ? value : OneLine.cut(value, LONGEST_VALUE) + "…");
    }

    /** Returns the entry with one more field that is of no use when it is cut; an empty value adds nothing. */
    public JournalEntry withWhole(String field, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new JournalEntry(more);
    }

    /** Returns the entry as one line of JSON. */
    public String toJson() {
        return PlainJson.write(fields);
    }

    /** Reads a line; empty for one that is no entry, such as one that a cut left unfinished. */
    static Optional<JournalEntry> parse(String line) {
        return PlainJson.readObject(line)
                .filter(object -> object.get("event") instanceof String)
                .map(object -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    object.forEach((name, value) -> fields.put(name, String.valueOf(value)));
                    return new JournalEntry(fields);
                });
    }

    /** Reads lines, leaving out those that are no entries. */
    public static List<JournalEntry> parseAll(String lines) {
        return lines.lines().map(JournalEntry::parse).flatMap(Optional::stream).toList();
    }

    /** Returns the event; empty for one that a later version wrote. */
    public Optional<Event> event() {
        return Event.of(get("event"));
    }

    public boolean is(Event event) {
        return get("event").equals(event.word());
    }

    public String sha() {
        return get("sha");
    }

    /** Returns a field's value; empty when the entry has none. */
    public String get(String field) {
        return fields.getOrDefault(field, "");
    }
}

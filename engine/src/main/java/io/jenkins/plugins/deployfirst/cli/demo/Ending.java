package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the story came out: as it should, or there would be an exception in its place.
 *
 * @param parts what was real and what a stand-in, in plain words
 * @param moments what happened when, in order
 * @param journal what the host remembers of it, oldest first
 * @param duration the story from the first page on, without setting up and clearing away
 */
public record Ending(List<String> parts, List<Moment> moments, List<JournalEntry> journal, Duration duration) {
    public Ending {
        parts = List.copyOf(parts);
        moments = List.copyOf(moments);
        journal = List.copyOf(journal);
    }

    /**
     * A moment of the story.
     *
     * @param release what it is about, such as {@code 1a2b3c4 "Sell pears"}
     * @param sincePush since that release was pushed
     * @param text what happened
     */
    public record Moment(String release, Duration sincePush, String text) {}

    /** Returns the map that {@code --json} prints. */
    public Map<String, Object> toMap() {
        List<Map<String, Object>> timeline = new ArrayList<>();
        for (Moment moment : moments) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("release", moment.release());
            map.put("sincePushMillis", moment.sincePush().toMillis());
            map.put("text", moment.text());
            timeline.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("parts", parts);
        map.put("timeline", timeline);
        map.put("journal", journal.stream().map(JournalEntry::fields).toList());
        map.put("durationMillis", duration.toMillis());
        return map;
    }
}

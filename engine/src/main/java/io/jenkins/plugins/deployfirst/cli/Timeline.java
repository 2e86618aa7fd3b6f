package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Shows journal entries as people read them: one line each, local time, short SHA, what happened, why. */
record Timeline(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    String of(List<JournalEntry> entries) {
        TextTable table = new TextTable();
        for (JournalEntry entry : entries) {
            String reason = entry.get("reason");
            String by = entry.get("by");
            table.row(
                    time(entry.get("time")),
                    Results.release(entry.sha(), entry.get("tag")),
                    entry.get("event"),
                    by.isEmpty() ? "" : "by " + by,
                    reason);
        }
        return table.toString();
    }

    /** Returns an ISO 8601 time in the zone; what is none is returned as it is. */
    String time(String iso) {
        try {
            return TIME.format(Instant.parse(iso).atZone(zone));
        } catch (DateTimeException unreadable) {
            return iso;
        }
    }
}

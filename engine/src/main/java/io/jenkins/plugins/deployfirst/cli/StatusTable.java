package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.ZoneId;
import java.util.List;

/** Shows environments' states as a table, one line each. */
final class StatusTable {
    private final Timeline timeline;
    private final TextTable table = new TextTable();

    StatusTable(ZoneId zone) {
        timeline = new Timeline(zone);
        table.row("ENVIRONMENT", "LIVE", "VALIDATED", "HEALTH", "LOCK", "LAST EVENT", "COMMIT");
    }

    /** Returns one environment's table with its last journal entries below. */
    String of(StatusResult status) {
        add(status);
        return status.journal().isEmpty()
                ? table.toString()
                : table + System.lineSeparator() + System.lineSeparator() + timeline.of(status.journal());
    }

    void add(StatusResult status) {
        table.row(
                status.environment(),
                Results.release(status.live().sha(), status.liveTag()),
                validated(status),
                status.health(),
                lock(status),
                lastEvent(status.journal()),
                Printable.shortened(status.live().subject(), 60));
    }

    void addUnknown(String environment) {
        table.row(environment, "?", "?", "?", "?", "?", "");
    }

    private static String validated(StatusResult status) {
        String validated = status.validated().sha();
        if (validated.isEmpty()) {
            return "none";
        }
        if (validated.equals(status.live().sha())) {
            return "live";
        }
        return Results.abbreviated(validated) + (status.ahead() > 0 ? ", live is " + status.ahead() + " ahead" : "");
    }

    private static String lock(StatusResult status) {
        if (status.interrupted()) {
            return "deployment died half way";
        }
        return status.lockHolder().isEmpty() ? "free" : status.lockHolder();
    }

    private String lastEvent(List<JournalEntry> journal) {
        if (journal.isEmpty()) {
            return "";
        }
        JournalEntry last = journal.get(journal.size() - 1);
        return last.get("event") + " " + timeline.time(last.get("time"));
    }

    @Override
    public String toString() {
        return table.toString();
    }
}

package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}: shows what happened to an environment. */
@Command(
        name = "history",
        description = "Shows an environment's journal, oldest first.",
        footer = {"  deploy-first history preprod", "  deploy-first history preprod -n 100 --json"})
final class HistoryCommand extends Task {
    private static final int MOST = 10_000;

    @Parameters(paramLabel = "ENV", description = "The environment's name.")
    private String environment;

    @Option(names = "-n", paramLabel = "N", defaultValue = "20", description = "How many entries; default 20.")
    private int count;

    @Override
    Answer answer(Session session) throws InterruptedException {
        if (count < 1 || count > MOST) {
            throw DeployFirstException.usage(
                    "-n: " + count + " is not allowed.", "Write a number from 1 to " + MOST + ".");
        }
        EnvironmentDefinition definition = session.file().environment(environment);
        List<JournalEntry> entries = session.toLook(definition).history(count);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("entries", entries.stream().map(JournalEntry::fields).toList());
        String text = entries.isEmpty()
                ? environment + ": nothing has been deployed yet."
                : new Timeline(session.zone()).of(entries);
        return new Answer(Outcome.DONE, map, text, "");
    }

    @Override
    boolean changesSomething() {
        return false;
    }
}

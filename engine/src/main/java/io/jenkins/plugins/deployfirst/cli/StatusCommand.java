package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}: shows what is live where. */
@Command(
        name = "status",
        description = "Shows what is live, what is validated, who holds the lock, and whether it is healthy.",
        footer = {
            "  deploy-first status                 (all environments)",
            "  deploy-first status preprod --json  (one object)",
            "  deploy-first status preprod prod    (with --json: { \"environments\": [ … ] })"
        })
final class StatusCommand extends Task {
    private static final int AT_ONCE = 8;

    @Parameters(paramLabel = "ENV", arity = "0..*", description = "Names of environments; without any, all of them.")
    private List<String> environments = new ArrayList<>();

    @Override
    Answer answer(Session session) throws InterruptedException {
        EnvironmentFile file = session.file();
        if (environments.size() == 1) {
            StatusResult status =
                    session.toLook(file.environment(environments.get(0))).status();
            return new Answer(Outcome.DONE, status.toMap(), new StatusTable(session.zone()).of(status), "");
        }
        List<EnvironmentDefinition> chosen = environments.isEmpty()
                ? file.all()
                : environments.stream().distinct().map(file::environment).toList();
        return several(session, chosen);
    }

    private static Answer several(Session session, List<EnvironmentDefinition> chosen) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, chosen.size()));
        try {
            List<Future<StatusResult>> asked = new ArrayList<>();
            for (EnvironmentDefinition definition : chosen) {
                asked.add(threads.submit(() -> session.toLookQuietly(definition).status()));
            }
            StatusSummary summary = new StatusSummary(new StatusTable(session.zone()));
            for (int i = 0; i < chosen.size(); i++) {
                add(summary, chosen.get(i).name(), asked.get(i));
            }
            return summary.answer();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void add(StatusSummary summary, String name, Future<StatusResult> asked)
            throws InterruptedException {
        try {
            summary.add(asked.get());
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof DeployFirstException known)) {
                throw new IllegalStateException(failed.getCause());
            }
            summary.add(name, known);
        }
    }

    @Override
    boolean changesSomething() {
        return false;
    }

    /** The states of several environments, those that could not be had included. */
    private static final class StatusSummary {
        private final StatusTable table;
        private final List<Map<String, Object>> maps = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private Outcome worst = Outcome.DONE;

        StatusSummary(StatusTable table) {
            this.table = table;
        }

        void add(StatusResult status) {
            table.add(status);
            Map<String, Object> map = new LinkedHashMap<>(status.toMap());
            map.put("outcome", Outcome.DONE.name());
            maps.add(map);
        }

        void add(String name, DeployFirstException failure) {
            table.addUnknown(name);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("environment", name);
            map.putAll(Answer.failed(failure).json());
            maps.add(map);
            errors.add(name + ": " + failure.getMessage());
            worst = failure.outcome().exitCode() > worst.exitCode() ? failure.outcome() : worst;
        }

        Answer answer() {
            return new Answer(worst, Map.of("environments", maps), table.toString(), errors);
        }
    }
}

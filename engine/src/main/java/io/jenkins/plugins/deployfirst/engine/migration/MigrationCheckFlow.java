package io.jenkins.plugins.deployfirst.engine.migration;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Inspect;
import io.jenkins.plugins.deployfirst.engine.command.MigrationTrial;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.workspace.Phase;
import io.jenkins.plugins.deployfirst.engine.workspace.WorkspaceProblem;
import io.jenkins.plugins.deployfirst.engine.workspace.WorkspaceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tries a schema's migrations up, down by one and up again, so that the way back is known to work before it is needed: in
 * containers and on a database of their own, which are removed at every end.
 */
public final class MigrationCheckFlow {
    private static final Duration BRIEF = Duration.ofMinutes(1);

    private final MigrationCheckRequest request;
    private final Progress progress;
    private final MigrationTrial trial = new MigrationTrial(
            "deploy-first-check-" + UUID.randomUUID().toString().substring(0, 8));

    public MigrationCheckFlow(MigrationCheckRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Does it.
     *
     * @throws DeployFirstException when a command fails, naming which, or the database does not get ready
     * @throws InterruptedException when it was aborted; what ran has been ended
     */
    public MigrationCheckResult run() throws InterruptedException {
        try (WorkspaceSession session =
                WorkspaceSession.open(request.workspace(), progress, scratch -> trial.remove())) {
            session.run("look for docker", Inspect.docker(), BRIEF);
            Command command = request.image().isPresent() ? prepareImage(session) : prepareService(session);
            List<MigrationCheckResult.Step> steps = new ArrayList<>();
            for (Map.Entry<String, String> step : List.of(
                    Map.entry("first upgrade", request.up()),
                    Map.entry("downgrade", request.down()),
                    Map.entry("second upgrade", request.up()))) {
                steps.add(run(step.getKey(), command.script(step.getValue()), session));
            }
            return new MigrationCheckResult(steps);
        }
    }

    /** Makes a migration's command line the script that runs it. */
    private interface Command {
        String script(String commandLine);
    }

    private Command prepareImage(WorkspaceSession session) throws InterruptedException {
        String image = request.image().orElseThrow();
        Optional<DatabaseSettings> database = request.database();
        Phase.run(
                progress,
                "images",
                () -> session.run(
                        "images", trial.network(image, database.map(DatabaseSettings::image)), request.timeout()));
        if (database.isPresent()) {
            DatabaseSettings settings = database.get();
            String script = trial.database(
                    settings.image(),
                    settings.alias(),
                    settings.environment(),
                    settings.ready(),
                    request.readyTimeout().toSeconds());
            Phase.run(
                    progress,
                    "database",
                    () -> session.run("database", script, request.readyTimeout().plus(BRIEF)));
        }
        return commandLine -> trial.runImage(image, commandLine, request.environment());
    }

    private Command prepareService(WorkspaceSession session) throws InterruptedException {
        String directory = request.workspace().directory();
        String service = request.service().orElseThrow();
        String tool = session.run(
                        "look for compose", Compose.detect(Script.start()).text(), BRIEF)
                .value("tool");
        Compose compose = new Compose(tool, request.files(), Optional.of(trial.name()));
        String unsafe = session.run(
                        "compose config",
                        trial.look(directory, session.scratch(), compose, request.environment()),
                        BRIEF)
                .value("unsafe");
        if (!unsafe.isEmpty()) {
            throw DeployFirstException.usage(
                    "files: they lead to what is not thrown away after the check: "
                            + String.join(", ", unsafe.lines().toList()) + ".",
                    "A downgrade must never reach data that is needed: give compose files of their own for the check, or"
                            + " image and database.");
        }
        String script = trial.dependencies(
                directory,
                compose,
                service,
                request.environment(),
                request.readyTimeout().toSeconds());
        ScriptResult started = Phase.run(
                progress,
                "database",
                () -> session.run("database", script, request.timeout().plus(request.readyTimeout())));
        String unguarded = started.value("unguarded");
        if (!unguarded.isEmpty()) {
            progress.warn("Without a health check nobody knows when they are ready: "
                    + String.join(", ", unguarded.lines().toList()) + ".");
        }
        return commandLine -> trial.runService(directory, compose, service, commandLine, request.environment());
    }

    private MigrationCheckResult.Step run(String name, String script, WorkspaceSession session)
            throws InterruptedException {
        long begin = System.nanoTime();
        Phase.run(progress, name, () -> {
            try (HostShell shell = session.another(progress)) {
                ScriptResult result = shell.run(name, script, request.timeout());
                if (!result.succeeded()) {
                    throw DeployFirstException.unchanged(
                            "The " + name + " " + WorkspaceProblem.ending(result) + ".",
                            name.equals("downgrade")
                                    ? "Mend the downgrade of the newest migration: without it nobody can go back."
                                    : "Mend the newest migration; its output is above.");
                }
                return result;
            }
        });
        return new MigrationCheckResult.Step(name, Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
    }
}

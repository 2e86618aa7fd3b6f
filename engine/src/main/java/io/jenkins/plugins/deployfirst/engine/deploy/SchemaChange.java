package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;

/** Brings a database's schema to where a release needs it, or back, by the migration commands of the environment. */
final class SchemaChange {
    private final Environment environment;
    private final FlowContext context;
    private final EnvironmentShell shell;
    private final PhaseLog phases;
    private final boolean servicesRun;

    /**
     * Creates it.
     *
     * @param servicesRun whether containers run which a migration's own container can use
     */
    SchemaChange(
            Environment environment,
            FlowContext context,
            EnvironmentShell shell,
            PhaseLog phases,
            boolean servicesRun) {
        this.environment = environment;
        this.context = context;
        this.shell = shell;
        this.phases = phases;
        this.servicesRun = servicesRun;
    }

    /** Brings the schema to where a release needs it, in a container of that release. */
    void bringTo(Release release, String tool) throws InterruptedException {
        if (environment.migrate().isPresent()) {
            MigrateSettings migrate = environment.migrate().get();
            phases.phase("migrate", () -> {
                shell.migrate(tool, release, migrate, migrate.command(), servicesRun);
                return null;
            });
        }
    }

    /**
     * Takes the schema back to where the release before one needs it, in a container of that one, which knows the way. Old
     * code usually runs on a newer schema; one that cannot be taken back must not keep the bad code live.
     */
    void takeBackFrom(Release release, String tool) throws InterruptedException {
        if (environment.migrate().flatMap(MigrateSettings::rollbackCommand).isEmpty()) {
            return;
        }
        MigrateSettings migrate = environment.migrate().get();
        JournalEntry done = JournalEntry.now(Event.SCHEMA_TAKEN_BACK, context.by(), context.build())
                .with("sha", release.sha())
                .with("tag", release.tag());
        try {
            phases.phase("migrate", () -> {
                shell.takeSchemaBack(
                        tool, release, migrate, migrate.rollbackCommand().orElseThrow(), servicesRun, done);
                return null;
            });
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            context.progress()
                    .warn("The migration was not taken back; the old code goes live all the same. " + e.getMessage());
        }
    }
}

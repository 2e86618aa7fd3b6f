package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.Optional;

/**
 * An environment's schema changes, run in a one-off container.
 *
 * @param service the compose service whose image and settings the container takes
 * @param command a shell command line, such as {@code alembic upgrade head}
 * @param rollbackCommand run before a rollback restarts the old code, such as {@code alembic downgrade -1}
 */
public record MigrateSettings(String service, String command, Optional<String> rollbackCommand) {}

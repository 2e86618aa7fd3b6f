package io.jenkins.plugins.deployfirst.engine.migration;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database that is thrown away after the check.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param image such as {@code postgres:16}
 * @param alias the host name that the migration finds it by
 * @param environment what its container is given, such as {@code POSTGRES_PASSWORD}
 * @param ready a shell command line that succeeds in its container once it takes connections, such as
 *     {@code pg_isready -h 127.0.0.1}; empty: its image's health check is asked
 */
public record DatabaseSettings(String image, String alias, Map<String, String> environment, Optional<String> ready) {
    public static final String DEFAULT_ALIAS = "db";

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?");

    public DatabaseSettings {
        environment = Map.copyOf(environment);
        MigrationCheckRequest.requireImage("database.image", image);
        MigrationCheckRequest.requireVariables("database.environment", environment);
        if (!ALIAS.matcher(alias).matches()) {
            throw DeployFirstException.usage(
                    "database.alias: \"" + OneLine.of(alias, 100) + "\" is not a host name.",
                    "Write the name in the migration's database address, such as db.");
        }
    }

    @Override
    public String toString() {
        return image + " as " + alias;
    }
}

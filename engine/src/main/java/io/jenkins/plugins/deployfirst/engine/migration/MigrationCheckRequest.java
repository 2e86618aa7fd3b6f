package io.jenkins.plugins.deployfirst.engine.migration;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which migrations to try, and on what.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param image holds the migrations; empty: a service does
 * @param database goes with an image; empty: the migrations need none, or bring their own
 * @param service of compose files, which also say what it depends on; empty: an image is given
 * @param files compose files in the workspace; empty: those that compose finds
 * @param up a shell command line, such as {@code alembic upgrade head}
 * @param down a shell command line that takes the last step back, such as {@code alembic downgrade -1}
 * @param environment what the migrations' containers are given; compose files may use it too
 * @param readyTimeout how long the database may take until it is ready
 * @param timeout for each command
 */
public record MigrationCheckRequest(
        Workspace workspace,
        Optional<String> image,
        Optional<DatabaseSettings> database,
        Optional<String> service,
        List<String> files,
        String up,
        String down,
        Map<String, String> environment,
        Duration readyTimeout,
        Duration timeout) {
    public static final Duration DEFAULT_READY_TIMEOUT = Duration.ofMinutes(1);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*(?:@sha256:[0-9a-f]{64})?");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What the commands on the node go by themselves. */
    private static final Pattern OWN = Pattern.compile("PATH|HOME|TMPDIR|IFS|ENV|LC_ALL|(?:LD|DOCKER|COMPOSE)_.*");

    public MigrationCheckRequest {
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
        require(
                image.isPresent() != service.isPresent(),
                image.isPresent() ? "image and service: both are given" : "image: is missing, and so is service",
                "Give the image that holds the migrations, or a service of compose files.");
        image.ifPresent(name -> requireImage("image", name));
        require(
                service.isEmpty() || database.isEmpty(),
                "database: goes with image, not with service",
                "Let the service depend on its database in the compose files, and give that a health check there.");
        require(service.isPresent() || files.isEmpty(), "files: go with service, not with image", "Leave them out.");
        service.ifPresent(name -> require(
                SERVICE.matcher(name).matches(),
                "service: \"" + OneLine.of(name, 100) + "\" is not the name of a service",
                "Write it as it stands in the compose file."));
        files.forEach(file -> require(!file.isBlank(), "files: one of them is empty", "Leave it out."));
        requireCommand("up", up, "alembic upgrade head");
        requireCommand("down", down, "alembic downgrade -1");
        requireVariables("environment", environment);
        requirePositive("readyTimeout", readyTimeout);
        requirePositive("timeout", timeout);
    }

    private static void requireCommand(String field, String command, String example) {
        require(!command.isBlank(), field + ": is missing", "Write a command line, such as " + example + ".");
        require(command.indexOf('\0') < 0, field + ": holds a NUL character", "Leave it out.");
    }

    private static void requirePositive(String field, Duration duration) {
        require(!duration.isZero() && !duration.isNegative(), field + ": is not more than zero", "Write 60s, say.");
    }

    /**
     * Checks the name of an image, with its tag.
     *
     * @param field the setting's name, for the error message
     * @throws DeployFirstException (USAGE) when it is none
     */
    public static void requireImage(String field, String image) {
        require(
                REFERENCE.matcher(image).matches(),
                field + ": \"" + OneLine.of(image, 100) + "\" is not the name of an image",
                "Write it as docker pull takes it, such as postgres:16.");
    }

    static void requireVariables(String field, Map<String, String> variables) {
        variables.forEach((name, value) -> {
            require(
                    VARIABLE.matcher(name).matches(),
                    field + ": \"" + OneLine.of(name, 100) + "\" is not a variable's name",
                    "Use letters, digits and underscores.");
            require(
                    !OWN.matcher(name).matches(),
                    field + ": " + name + " would change how the commands on the node themselves run",
                    "Set it in the image, or in the command line.");
            require(value.indexOf('\0') < 0, field + "." + name + ": holds a NUL character", "Leave it out.");
        });
    }

    private static void require(boolean right, String problem, String remedy) {
        if (!right) {
            throw DeployFirstException.usage(problem + ".", remedy);
        }
    }

    @Override
    public String toString() {
        return "migrations of " + image.or(() -> service).orElseThrow();
    }
}

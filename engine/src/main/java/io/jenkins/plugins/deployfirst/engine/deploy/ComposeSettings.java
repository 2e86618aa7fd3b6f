package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an environment's containers are run.
 *
 * @param files compose files, relative to the directory; empty: the ones that compose finds by itself
 * @param project the compose project's name; empty: as compose derives it
 * @param action what makes a release run
 */
public record ComposeSettings(List<String> files, Optional<String> project, Action action) {
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9_-]*");

    public ComposeSettings {
        files = List.copyOf(files);
        project.ifPresent(ComposeSettings::requireProject);
    }

    private static void requireProject(String name) {
        if (!PROJECT.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "compose.project: \"" + name + "\" is not a name for a compose project.",
                    "Use lower-case letters, digits, dashes and underscores, starting with a letter or digit.");
        }
    }

    /** What makes a release run. */
    public enum Action {
        /** Restart the containers: for code that is mounted into them. Becomes {@code up} when the compose file changed. */
        RESTART,
        /** {@code up -d --build}: images are built on the host, changed services are recreated. */
        UP
    }
}

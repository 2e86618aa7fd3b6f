package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an environment's containers are run.
 *
 * @param files compose files, relative to the directory; empty: the ones that compose finds by itself
 * @param project the compose project's name; empty: as compose derives it
 * @param action what makes a release run
 * @param services only these are brought up, and those that run the same image; empty: all
 * @param pull when images are pulled that are not built on the host; empty: as it is usual for the mode
 * @param build whether images with a build section are built on the host
 */
public record ComposeSettings(
        List<String> files,
        Optional<String> project,
        Action action,
        List<String> services,
        Optional<Pull> pull,
        boolean build) {
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9_-]*");

    public ComposeSettings {
        files = List.copyOf(files);
        files.forEach(ComposeSettings::requireFile);
        project.ifPresent(ComposeSettings::requireProject);
        services = List.copyOf(services);
        ServiceName.require("compose.services", services);
    }

    /** Creates settings that bring up everything, and build what is built on the host. */
    public ComposeSettings(List<String> files, Optional<String> project, Action action) {
        this(files, project, action, List.of(), Optional.empty(), true);
    }

    /** Returns the same settings for some services only; with none given, for those that are configured. */
    public ComposeSettings only(List<String> chosen) {
        return chosen.isEmpty() ? this : new ComposeSettings(files, project, action, chosen, pull, build);
    }

    /** Returns the same settings, making a release run in another way. */
    public ComposeSettings doing(Action other) {
        return new ComposeSettings(files, project, other, services, pull, build);
    }

    /** Returns the same settings, getting images in another way. */
    public ComposeSettings getting(Optional<Pull> otherPull, boolean otherBuild) {
        return new ComposeSettings(files, project, action, services, otherPull, otherBuild);
    }

    /** Compose reads {@code -} as its standard input, and what else begins with a dash may be an option. */
    private static void requireFile(String file) {
        if (file.isBlank()
                || file.startsWith("-")
                || file.endsWith("/")
                || file.chars().anyMatch(Character::isISOControl)) {
            throw DeployFirstException.usage(
                    "compose.files: \"" + OneLine.of(file, 100) + "\" is not the path of a file.",
                    "Write it relative to the directory, such as docker-compose.yml.");
        }
    }

    private static void requireProject(String name) {
        if (!PROJECT.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "compose.project: \"" + name + "\" is not a name for a compose project.",
                    "Use lower-case letters, digits, dashes and underscores, starting with a letter or digit.");
        }
    }

    /** When images are pulled. */
    public enum Pull {
        /** Each time: a tag may have moved. */
        ALWAYS,
        /** Only those that the host does not have. */
        MISSING
    }

    /** What makes a release run. */
    public enum Action {
        /** Restart the containers: for code that is mounted into them. Becomes {@code up} when the compose file changed. */
        RESTART,
        /** {@code up -d --build}: images are built on the host, changed services are recreated. */
        UP
    }
}

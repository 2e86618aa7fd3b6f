package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The YAML file that defines the environments, checked as a whole. */
final class EnvironmentFile {
    static final KnownKeys FILE = KnownKeys.of("environments");

    private final String name;
    private final Map<String, EnvironmentDefinition> environments;

    private EnvironmentFile(String name, Map<String, EnvironmentDefinition> environments) {
        this.name = name;
        this.environments = environments;
    }

    /**
     * Reads and checks the file; touches nothing else.
     *
     * @param directory where a relative {@code name} starts
     * @param name the file as the user named it, for error messages
     * @param home what {@code ~} stands for
     * @throws DeployFirstException (USAGE) naming file, line, column and key of what is wrong
     */
    static EnvironmentFile read(Path directory, String name, Path home) {
        Path file = directory.resolve(name).toAbsolutePath();
        YamlValue root = YamlText.read(file, name)
                .orElseThrow(() -> DeployFirstException.usage(
                        name + ": is empty.",
                        "Write a list environments: whose entries have name, host and directory."));
        YamlValue list = root.section(FILE)
                .require("environments", "environments: [ { name: preprod, host: local, directory: /srv/app } ]");
        EnvironmentReader reader = new EnvironmentReader(new LocalFiles(home, file.getParent()));
        Map<String, EnvironmentDefinition> environments = new LinkedHashMap<>();
        for (YamlValue entry : list.list()) {
            add(environments, reader.read(entry));
        }
        if (environments.isEmpty()) {
            throw list.place().wrong("has no entry.", "Add one with name, host and directory.");
        }
        return new EnvironmentFile(name, environments);
    }

    private static void add(Map<String, EnvironmentDefinition> environments, EnvironmentDefinition environment) {
        EnvironmentDefinition first = environments.putIfAbsent(environment.name(), environment);
        if (first != null) {
            throw environment
                    .place()
                    .wrong(
                            "\"" + environment.name() + "\" is defined on line "
                                    + first.place().line() + " already.",
                            "Give each environment a name of its own.");
        }
    }

    /**
     * Returns the environment of that name.
     *
     * @throws DeployFirstException (USAGE) when there is none, with the nearest name and all of them
     */
    EnvironmentDefinition environment(String wanted) {
        EnvironmentDefinition found = environments.get(wanted);
        if (found == null) {
            throw DeployFirstException.usage(
                    name + ": " + YamlValue.shown(wanted) + " is not an environment.",
                    NearestName.suggestion(wanted, environments.keySet()) + "Known here: "
                            + String.join(", ", environments.keySet()) + ".");
        }
        return found;
    }

    List<EnvironmentDefinition> all() {
        return List.copyOf(environments.values());
    }
}

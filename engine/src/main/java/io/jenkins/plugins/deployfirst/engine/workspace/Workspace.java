package io.jenkins.plugins.deployfirst.engine.workspace;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Map;

/**
 * The folder that a step works in, on the machine that the engine itself runs on.
 *
 * @param directory absolute
 * @param variables environment variables that its commands find besides the engine's own, such as {@code DOCKER_HOST}
 */
public record Workspace(String directory, Map<String, String> variables) {
    public Workspace {
        variables = Map.copyOf(variables);
        if (!directory.startsWith("/")) {
            throw DeployFirstException.usage(
                    "workspace: \"" + OneLine.of(directory, 200) + "\" is not an absolute path of a Unix system.",
                    "Run the step on a node with Linux.");
        }
    }

    @Override
    public String toString() {
        return directory;
    }
}

package io.jenkins.plugins.deployfirst.steps;

import hudson.EnvVars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables by which {@code docker.withServer} and {@code docker.withRegistry} tell the commands inside them which
 * daemon and which logins to use; no others reach the engine's commands.
 */
final class DockerVariables {
    private static final List<String> NAMES =
            List.of("DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH");

    private DockerVariables() {}

    /** Returns those that are set. */
    static Map<String, String> of(EnvVars variables) {
        Map<String, String> set = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = variables.get(name);
            if (value != null && !value.isEmpty()) {
                set.put(name, value);
            }
        }
        return set;
    }
}

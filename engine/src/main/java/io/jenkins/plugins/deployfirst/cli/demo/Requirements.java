package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The programs that no stand-in is there for: the engine's own scripts use them on every host. */
final class Requirements {
    private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

    static {
        PACKAGES.put("git", "git");
        PACKAGES.put("sh", "dash");
        PACKAGES.put("setsid", "util-linux");
        PACKAGES.put("flock", "util-linux");
        PACKAGES.put("awk", "mawk");
        PACKAGES.put("xargs", "findutils");
    }

    private Requirements() {}

    /**
     * Looks for them.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) naming what is missing, and the packages to install
     */
    static void check(Programs programs) {
        Map<String, String> missing = new LinkedHashMap<>(PACKAGES);
        missing.keySet().removeIf(program -> programs.find(program).isPresent());
        if (!missing.isEmpty()) {
            throw DeployFirstException.unchanged(
                    "demo: this machine lacks " + String.join(", ", missing.keySet()) + ".",
                    "Install the packages that have them: "
                            + missing.values().stream().distinct().collect(Collectors.joining(", ")) + ".");
        }
    }
}

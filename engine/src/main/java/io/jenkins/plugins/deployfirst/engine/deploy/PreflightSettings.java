package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must be there on the host, beside the environment's own containers, before anything is changed.
 *
 * @param networks Docker networks that must exist
 * @param containers containers that must run, and be healthy where they have a health check
 * @param diskSpace bytes that must be free where Docker keeps images, and in the environment's directory; 0: not asked
 */
public record PreflightSettings(List<String> networks, List<String> containers, long diskSpace) {
    public static final PreflightSettings NONE = new PreflightSettings(List.of(), List.of());

    /** What Docker allows as the name of either. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    public PreflightSettings {
        networks = checked("preflight.networks", networks);
        containers = checked("preflight.containers", containers);
    }

    /** Creates settings that ask for no free space. */
    public PreflightSettings(List<String> networks, List<String> containers) {
        this(networks, containers, 0);
    }

    private static List<String> checked(String field, List<String> names) {
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw DeployFirstException.usage(
                        field + ": \"" + OneLine.of(name, 100) + "\" is not a name that Docker allows.",
                        "Use letters, digits, dots, dashes and underscores, starting with a letter or digit.");
            }
        }
        return List.copyOf(names);
    }

    /** Returns whether there is nothing to look for. */
    boolean isEmpty() {
        return networks.isEmpty() && containers.isEmpty() && diskSpace == 0;
    }
}

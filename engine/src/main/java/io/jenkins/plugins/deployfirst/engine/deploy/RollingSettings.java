package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How containers are replaced one service after the other, while the old ones serve.
 *
 * @param drain how long an old container goes on before it is stopped, once the new ones are healthy; default 10 s
 * @param drainCommand POSIX shell that is run in the old container before that, so that a proxy sends it nothing new
 * @param services only these are replaced so, and compose recreates the others; empty: all whose containers change
 */
public record RollingSettings(Duration drain, Optional<String> drainCommand, List<String> services) {
    private static final Pattern SERVICE = Pattern.compile("[a-zA-Z0-9._-]+");

    public static final RollingSettings DEFAULTS =
            new RollingSettings(Duration.ofSeconds(10), Optional.empty(), List.of());

    public RollingSettings {
        for (String service : services) {
            if (!SERVICE.matcher(service).matches()) {
                throw DeployFirstException.usage(
                        "rolling.services: \"" + OneLine.of(service, 100) + "\" is not a name for a compose service.",
                        "Use the service's name in the compose file.");
            }
        }
        services = List.copyOf(services);
    }
}

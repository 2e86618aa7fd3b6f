package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How containers are replaced one service after the other, while the old ones serve.
 *
 * @param drain how long an old container goes on before it is stopped, once the new ones are healthy; default 10 s
 * @param drainCommand POSIX shell that is run in the old container before that, so that a proxy sends it nothing new
 * @param services only these are replaced so, and compose recreates the others; empty: all whose containers change
 */
public record RollingSettings(Duration drain, Optional<String> drainCommand, List<String> services) {
    public static final RollingSettings DEFAULTS =
            new RollingSettings(Duration.ofSeconds(10), Optional.empty(), List.of());

    public RollingSettings {
        services = List.copyOf(services);
        ServiceName.require("rolling.services", services);
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.ServiceName;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HostHttpProbe;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import java.util.List;
import java.util.Optional;

/**
 * What must be healthy after a change; with nothing asked for, the gate is passed at once.
 *
 * @param http an HTTP answer, asked for by the engine
 * @param httpFromHost whether the host itself asks instead
 * @param containers compose services whose containers must be running, and healthy where they have a health check
 * @param command a shell command line on the host that must exit 0
 * @param logs what compose services must not have logged since the change
 * @param timing how often and how long
 */
public record HealthSettings(
        Optional<HttpCheck> http,
        boolean httpFromHost,
        List<String> containers,
        Optional<String> command,
        Optional<LogCheck> logs,
        GateTiming timing) {
    public static final HealthSettings NONE =
            new HealthSettings(Optional.empty(), false, List.of(), Optional.empty(), GateTiming.DEFAULTS);

    public HealthSettings {
        containers = List.copyOf(containers);
        ServiceName.require("health.containers", containers);
        if (httpFromHost) {
            http.ifPresent(HostHttpProbe::requireAskable);
        }
    }

    /** Creates settings that ask for nothing of logs. */
    public HealthSettings(
            Optional<HttpCheck> http,
            boolean httpFromHost,
            List<String> containers,
            Optional<String> command,
            GateTiming timing) {
        this(http, httpFromHost, containers, command, Optional.empty(), timing);
    }

    /** Returns the same settings, asking at least this often. */
    HealthSettings askingAtLeast(int attempts) {
        GateTiming patient = new GateTiming(
                timing.startPeriod(), Math.max(attempts, timing.attempts()), timing.interval(), timing.timeout());
        return new HealthSettings(http, httpFromHost, containers, command, logs, patient);
    }

    /** Returns the site's address for people, without what may be secret in it; empty when there is none. */
    public String url() {
        return http.map(HttpCheck::site).orElse("");
    }
}

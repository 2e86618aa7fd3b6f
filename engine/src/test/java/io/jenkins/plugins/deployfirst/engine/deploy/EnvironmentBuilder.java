package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes an environment that differs from another one in what a test is about. */
final class EnvironmentBuilder {
    String name;
    HostSettings host;
    String directory;
    ComposeSettings compose;
    Optional<MigrateSettings> migrate;
    HealthSettings health;
    CiRules ciRules;
    Optional<String> stateFile;
    Duration lockTimeout;
    Duration commandTimeout;
    PreflightSettings preflight;
    PromotionSettings promotion;
    Optional<RollingSettings> rolling;
    SecretSettings secrets;
    Optional<ImageSettings> image;
    private final Environment base;

    EnvironmentBuilder(Environment base) {
        this.base = base;
        this.name = base.name();
        this.host = base.host();
        this.directory = base.directory();
        this.compose = base.compose();
        this.migrate = base.migrate();
        this.health = base.health();
        this.ciRules = base.ciRules();
        this.stateFile = base.stateFile();
        this.lockTimeout = base.lockTimeout();
        this.commandTimeout = base.commandTimeout();
        this.preflight = base.preflight();
        this.promotion = base.promotion();
        this.rolling = base.rolling();
        this.secrets = base.secrets();
        this.image = base.image();
    }

    void action(ComposeSettings.Action action) {
        compose = compose.doing(action);
    }

    void files(String... files) {
        compose = new ComposeSettings(List.of(files), compose.project(), compose.action());
    }

    void migrate(String command, String rollbackCommand) {
        migrate = Optional.of(new MigrateSettings(
                "worker", command, Optional.of(rollbackCommand).filter(text -> !text.isEmpty())));
    }

    void timing(GateTiming timing) {
        health =
                new HealthSettings(health.http(), health.httpFromHost(), health.containers(), health.command(), timing);
    }

    void noVerdict(CiRules.OnNoVerdict what, Duration timeout) {
        ciRules = new CiRules(Duration.ZERO, ciRules.interval(), timeout, List.of(), List.of(), what, what);
    }

    Environment build() {
        return new Environment(
                name,
                host,
                directory,
                compose,
                migrate,
                health,
                ciRules,
                stateFile,
                lockTimeout,
                commandTimeout,
                base.remote(),
                preflight,
                promotion,
                rolling,
                secrets,
                image);
    }
}

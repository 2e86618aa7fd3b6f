package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PreflightSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Strategy;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code environments:}. */
final class EnvironmentReader {
    static final KnownKeys ENVIRONMENT = KnownKeys.of(
                    "name",
                    "host",
                    "directory",
                    "mode",
                    "image",
                    "compose",
                    "preflight",
                    "registry",
                    "envFile",
                    "migrate",
                    "health",
                    "ci",
                    "notify",
                    "stateFile",
                    "lockTimeout",
                    "commandTimeout",
                    "remote",
                    "backup",
                    "freeze",
                    "strategy",
                    "rolling")
            .jenkinsOnly(
                    "via", "Remove it: the command connects from here; ssh: { jump: … } goes through another host.");
    static final KnownKeys COMPOSE = KnownKeys.of("files", "project", "action", "services");
    static final KnownKeys PREFLIGHT = KnownKeys.of("networks", "containers", "diskSpace");
    static final KnownKeys FREEZE = KnownKeys.of("days", "from", "until", "zone");
    private static final Map<String, String> FREEZE_KEYS =
            Map.of("freeze.days", "days", "freeze.from", "from", "freeze.until", "until", "freeze.zone", "zone");
    static final KnownKeys ROLLING = KnownKeys.of("drain", "drainCommand", "services");
    static final KnownKeys MIGRATE = KnownKeys.of("service", "command", "rollbackCommand");

    private final HostReader hosts;
    private final SecretReader secrets;

    EnvironmentReader(LocalFiles files) {
        this.hosts = new HostReader(files);
        this.secrets = new SecretReader(files);
    }

    EnvironmentDefinition read(YamlValue value) {
        YamlSection environment = value.section(ENVIRONMENT);
        Optional<YamlSection> ci = environment.get("ci").map(section -> section.section(CiReader.CI));
        return new EnvironmentDefinition(
                settings(environment, ci.map(CiReader::rules).orElse(CiRules.DEFAULTS)),
                hosts.read(environment.require("host", "host: local")),
                secrets.read(environment),
                ci.map(CiReader::server),
                environment.get("notify").map(NotifierReader::read).orElse(List.of()),
                environment.require("name", "").place());
    }

    private static Environment settings(YamlSection environment, CiRules rules) {
        String name = environment.require("name", "name: preprod").text();
        String directory =
                environment.require("directory", "directory: /srv/app").text();
        Optional<RollingSettings> rolling = rolling(environment);
        Optional<ImageSettings> image = ImageReader.read(environment);
        ComposeSettings.Action usual =
                rolling.isPresent() || image.isPresent() ? ComposeSettings.Action.UP : ComposeSettings.Action.RESTART;
        ComposeSettings compose = environment
                .get("compose")
                .map(section -> compose(section, usual))
                .orElse(new ComposeSettings(List.of(), Optional.empty(), usual));
        PreflightSettings preflight =
                environment.get("preflight").map(EnvironmentReader::preflight).orElse(PreflightSettings.NONE);
        Optional<MigrateSettings> migrate = environment.get("migrate").map(EnvironmentReader::migrate);
        HealthSettings health =
                environment.get("health").map(HealthReader::read).orElse(HealthSettings.NONE);
        Optional<String> stateFile = environment.text("stateFile");
        Duration lockTimeout =
                environment.get("lockTimeout").map(YamlValue::duration).orElse(Environment.DEFAULT_LOCK_TIMEOUT);
        Duration commandTimeout = environment
                .get("commandTimeout")
                .map(YamlValue::positiveDuration)
                .orElse(Environment.DEFAULT_COMMAND_TIMEOUT);
        String remote = environment.text("remote").orElse(Environment.DEFAULT_REMOTE);
        PromotionSettings promotion = promotion(environment);
        return environment.checked(() -> new Environment(
                name,
                new HostSettings.Local(),
                directory,
                compose,
                migrate,
                health,
                rules,
                stateFile,
                lockTimeout,
                commandTimeout,
                remote,
                preflight,
                promotion,
                rolling,
                SecretSettings.NONE,
                image));
    }

    private static ComposeSettings compose(YamlValue value, ComposeSettings.Action usual) {
        YamlSection compose = value.section(COMPOSE);
        List<String> files = compose.get("files").map(YamlValue::texts).orElse(List.of());
        Optional<String> project = compose.text("project");
        ComposeSettings.Action action = compose.get("action")
                .map(text -> text.oneOf(ComposeSettings.Action.class))
                .orElse(usual);
        List<String> services = compose.get("services").map(YamlValue::texts).orElse(List.of());
        return compose.checked(() -> new ComposeSettings(files, project, action).only(services));
    }

    private static Optional<RollingSettings> rolling(YamlSection environment) {
        Optional<YamlSection> settings = environment.get("rolling").map(value -> value.section(ROLLING));
        if (environment
                        .get("strategy")
                        .map(value -> value.oneOf(Strategy.class))
                        .orElse(Strategy.RECREATE)
                == Strategy.RECREATE) {
            settings.ifPresent(section -> {
                throw section.place()
                        .about("has no effect without strategy: rolling.", "Add that, or remove this section.");
            });
            return Optional.empty();
        }
        return Optional.of(settings.map(EnvironmentReader::rollingSettings).orElse(RollingSettings.DEFAULTS));
    }

    private static RollingSettings rollingSettings(YamlSection rolling) {
        Duration drain = rolling.get("drain").map(YamlValue::duration).orElse(RollingSettings.DEFAULTS.drain());
        List<String> services = rolling.get("services").map(YamlValue::texts).orElse(List.of());
        return rolling.checked(() -> new RollingSettings(drain, rolling.text("drainCommand"), services));
    }

    private static PreflightSettings preflight(YamlValue value) {
        YamlSection preflight = value.section(PREFLIGHT);
        List<String> networks = preflight.get("networks").map(YamlValue::texts).orElse(List.of());
        List<String> containers =
                preflight.get("containers").map(YamlValue::texts).orElse(List.of());
        long diskSpace = preflight.get("diskSpace").map(YamlValue::bytes).orElse(0L);
        return preflight.checked(() -> new PreflightSettings(networks, containers, diskSpace));
    }

    private static PromotionSettings promotion(YamlSection environment) {
        List<FreezeWindows.Window> freeze = environment
                .get("freeze")
                .map(list -> list.list().stream().map(EnvironmentReader::window).toList())
                .orElse(List.of());
        return new PromotionSettings(environment.text("backup"), new FreezeWindows(freeze));
    }

    private static FreezeWindows.Window window(YamlValue value) {
        YamlSection window = value.section(FREEZE);
        List<String> days = window.require("days", "days: [fri]").texts();
        String from = window.require("from", "from: \"16:00\"").text();
        String until = window.require("until", "until: \"23:59\"").text();
        String zone = window.require("zone", "zone: Europe/Paris").text();
        return window.checked(() -> FreezeWindows.Window.of(days, from, until, zone), FREEZE_KEYS);
    }

    private static MigrateSettings migrate(YamlValue value) {
        YamlSection migrate = value.section(MIGRATE);
        return new MigrateSettings(
                migrate.require("service", "service: backend").text(),
                migrate.require("command", "command: alembic upgrade head").text(),
                migrate.text("rollbackCommand"));
    }
}

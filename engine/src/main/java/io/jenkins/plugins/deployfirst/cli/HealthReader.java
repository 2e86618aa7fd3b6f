package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code health:}: what must be healthy after a change. */
final class HealthReader {
    static final KnownKeys HEALTH = KnownKeys.of(
            "url",
            "from",
            "headers",
            "status",
            "contains",
            "matches",
            "json",
            "tls",
            "maxLatency",
            "containers",
            "command",
            "logs",
            "attempts",
            "interval",
            "timeout",
            "startPeriod");
    static final KnownKeys JSON = KnownKeys.of("pointer", "equals");
    static final KnownKeys LOGS = KnownKeys.of("services", "absent");
    static final KnownKeys TLS = KnownKeys.of("minDaysValid");

    /** What the file calls otherwise than {@link HttpCheck}. */
    private static final Map<String, String> ENGINE_NAMES =
            Map.of("jsonPointer", "json.pointer", "jsonEquals", "json.equals", "certificateDays", "tls.minDaysValid");

    /** The keys that say something about the answer of {@code url}. */
    private static final List<String> OF_URL =
            List.of("from", "headers", "status", "contains", "matches", "json", "tls", "maxLatency");

    private HealthReader() {}

    static HealthSettings read(YamlValue value) {
        YamlSection health = value.section(HEALTH);
        Optional<HttpCheck> http = http(health);
        boolean fromHost =
                health.get("from").map(from -> from.oneOf(From.class)).orElse(From.ENGINE) == From.HOST;
        List<String> containers = health.get("containers").map(YamlValue::texts).orElse(List.of());
        Optional<String> command = health.text("command");
        Optional<LogCheck> logs = health.get("logs").map(HealthReader::logs);
        GateTiming timing = timing(health);
        return health.checked(
                () -> new HealthSettings(http, fromHost, containers, command, logs, timing), ENGINE_NAMES);
    }

    private static Optional<HttpCheck> http(YamlSection health) {
        if (!health.has("url")) {
            OF_URL.stream().filter(health::has).findFirst().ifPresent(key -> {
                throw health.require(key, "").place().wrong("needs a url.", "Add url: beside it.");
            });
            return Optional.empty();
        }
        String address = health.require("url", "").text();
        URI url = health.checked(() -> HttpCheck.url(address));
        Map<String, String> headers =
                health.get("headers").map(YamlValue::entries).orElse(Map.of());
        String status = health.text("status").orElse(HttpCheck.DEFAULT_STATUS);
        Optional<YamlSection> json = health.get("json").map(section -> section.section(JSON));
        String pointer = json.map(section ->
                        section.require("pointer", "pointer: /status").text())
                .orElse("");
        int days = health.get("tls")
                .flatMap(tls -> tls.section(TLS).get("minDaysValid"))
                .map(value -> value.number(0, 3650))
                .orElse(0);
        Duration maxLatency =
                health.get("maxLatency").map(YamlValue::positiveDuration).orElse(Duration.ZERO);
        String contains = health.text("contains").orElse("");
        String matches = health.text("matches").orElse("");
        String equals = json.flatMap(section -> section.text("equals")).orElse("");
        return Optional.of(health.checked(
                () -> new HttpCheck(url, headers, status, contains, matches, pointer, equals, days, maxLatency),
                ENGINE_NAMES));
    }

    private static LogCheck logs(YamlValue value) {
        YamlSection logs = value.section(LOGS);
        List<String> services = logs.get("services").map(YamlValue::texts).orElse(List.of());
        String absent = logs.require("absent", "absent: \"ERROR|Traceback\"").text();
        return logs.checked(() -> new LogCheck(services, absent));
    }

    private static GateTiming timing(YamlSection health) {
        GateTiming defaults = GateTiming.DEFAULTS;
        return new GateTiming(
                health.get("startPeriod").map(YamlValue::duration).orElse(defaults.startPeriod()),
                health.get("attempts").map(attempts -> attempts.number(1, 1000)).orElse(defaults.attempts()),
                health.get("interval").map(YamlValue::duration).orElse(defaults.interval()),
                health.get("timeout").map(YamlValue::positiveDuration).orElse(defaults.timeout()));
    }

    private enum From {
        ENGINE,
        HOST
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.config.HealthDefinition.From;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the engine's health settings of a definition. */
final class HealthReader {
    /** What people call otherwise than {@link HttpCheck}. */
    private static final Map<String, String> NAMES =
            Map.of("jsonPointer", "json.pointer", "jsonEquals", "json.equals", "certificateDays", "tls.minDaysValid");

    private HealthReader() {}

    /**
     * Reads a definition.
     *
     * @throws DeployFirstException (USAGE) when a setting is wrong
     */
    static HealthSettings read(HealthDefinition health) {
        return new HealthSettings(
                http(health),
                Words.parse("health.from", health.getFrom(), From.class, From.ENGINE) == From.HOST,
                health.getContainers(),
                Optional.ofNullable(health.getCommand()),
                Optional.ofNullable(health.getLogs()).map(LogsDefinition::settings),
                timing(health));
    }

    private static GateTiming timing(HealthDefinition health) {
        GateTiming defaults = GateTiming.DEFAULTS;
        return new GateTiming(
                Times.parse("health.startPeriod", health.getStartPeriod(), defaults.startPeriod()),
                health.getAttempts(),
                Times.parse("health.interval", health.getInterval(), defaults.interval()),
                Times.parsePositive("health.timeout", health.getTimeout(), defaults.timeout()));
    }

    private static Optional<HttpCheck> http(HealthDefinition health) {
        String url = health.getUrl();
        if (url == null) {
            refuseWithoutUrl(health);
            return Optional.empty();
        }
        JsonDefinition json = health.getJson();
        TlsDefinition tls = health.getTls();
        Duration maxLatency = Times.parsePositive("health.maxLatency", health.getMaxLatency(), Duration.ZERO);
        return Optional.of(renaming(() -> new HttpCheck(
                HttpCheck.url(url),
                headers(health),
                Util.fixNull(health.getStatus()),
                Util.fixNull(health.getContains()),
                Util.fixNull(health.getMatches()),
                json == null ? "" : checkPointer(json.getPointer()),
                json == null ? "" : Util.fixNull(json.getEquals()),
                tls == null ? 0 : tls.getMinDaysValid(),
                maxLatency)));
    }

    private static Map<String, String> headers(HealthDefinition health) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HeaderDefinition header : health.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        return headers;
    }

    /**
     * Checks a JSON pointer, which may not be left out.
     *
     * @throws DeployFirstException (USAGE) when it is empty or has another form
     */
    static String checkPointer(String pointer) {
        if (pointer.isEmpty()) {
            throw DeployFirstException.usage(
                    "health.json.pointer: is empty.", "Write the path of a field, such as /status.");
        }
        EngineRules.jsonPointer(pointer);
        return pointer;
    }

    private static void refuseWithoutUrl(HealthDefinition health) {
        Map<String, Boolean> ofUrl = new LinkedHashMap<>();
        ofUrl.put("headers", !health.getHeaders().isEmpty());
        ofUrl.put("status", isSet(health.getStatus()));
        ofUrl.put("contains", isSet(health.getContains()));
        ofUrl.put("matches", isSet(health.getMatches()));
        ofUrl.put("json", health.getJson() != null);
        ofUrl.put("tls", health.getTls() != null);
        ofUrl.put("maxLatency", isSet(health.getMaxLatency()));
        ofUrl.forEach((field, set) -> {
            if (set) {
                throw DeployFirstException.usage("health." + field + ": needs a url.", "Give health.url beside it.");
            }
        });
    }

    private static boolean isSet(@CheckForNull String text) {
        return text != null;
    }

    /** Makes a check; what people call otherwise than it does is called so in the message. */
    static HttpCheck renaming(Supplier<HttpCheck> check) {
        try {
            return check.get();
        } catch (DeployFirstException e) {
            throw renamed(e);
        }
    }

    private static DeployFirstException renamed(DeployFirstException e) {
        String message = e.getMessage();
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            message = message.replace("health." + name.getKey(), "health." + name.getValue());
        }
        return new DeployFirstException(e.outcome(), message, "", e);
    }
}

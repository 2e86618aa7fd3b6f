package io.jenkins.plugins.deployfirst.config;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's rules for single settings: its records check themselves, so each is made with this one setting. */
final class EngineRules {
    private static final URI ANY_URL = URI.create("http://localhost/");

    private EngineRules() {}

    static void name(String name) {
        environment(name, "/", Optional.empty(), Environment.DEFAULT_REMOTE);
    }

    static void directory(String directory) {
        environment("any", directory, Optional.empty(), Environment.DEFAULT_REMOTE);
    }

    static void stateFile(String stateFile) {
        environment("any", "/", Optional.of(stateFile), Environment.DEFAULT_REMOTE);
    }

    static void remote(String remote) {
        environment("any", "/", Optional.empty(), remote);
    }

    static void project(String project) {
        new ComposeSettings(List.of(), Optional.of(project), ComposeSettings.Action.RESTART);
    }

    static void composeFiles(List<String> files) {
        new ComposeSettings(files, Optional.empty(), ComposeSettings.Action.RESTART);
    }

    static void checks(List<String> required, List<String> ignored) {
        CiRules defaults = CiRules.DEFAULTS;
        new CiRules(
                defaults.initialDelay(),
                defaults.interval(),
                defaults.timeout(),
                required,
                ignored,
                defaults.onTimeout(),
                defaults.onAbsent());
    }

    static void url(String url) {
        HttpCheck.url(url);
    }

    static void status(String status) {
        http(Map.of(), status, "", "");
    }

    static void matches(String regex) {
        http(Map.of(), "", regex, "");
    }

    static void header(String name, String value) {
        http(Map.of(name, value), "", "", "");
    }

    static void jsonPointer(String pointer) {
        HealthReader.renaming(() -> http(Map.of(), "", "", pointer));
    }

    private static Environment environment(String name, String directory, Optional<String> stateFile, String remote) {
        return new Environment(
                name,
                new HostSettings.Local(),
                directory,
                ComposeDefinition.defaults(ComposeSettings.Action.RESTART),
                Optional.empty(),
                HealthSettings.NONE,
                CiRules.DEFAULTS,
                stateFile,
                Environment.DEFAULT_LOCK_TIMEOUT,
                Environment.DEFAULT_COMMAND_TIMEOUT,
                remote);
    }

    private static HttpCheck http(Map<String, String> headers, String status, String matches, String pointer) {
        return new HttpCheck(ANY_URL, headers, status, "", matches, pointer, "", 0, Duration.ZERO);
    }
}

package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvFileSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import java.util.Map;
import java.util.Optional;

/** Reads {@code registry:} and {@code envFile:}: what a flow lends to the host. No secret is touched before it is used. */
final class SecretReader {
    static final KnownKeys REGISTRY = KnownKeys.of("url", "usernameEnv", "passwordEnv")
            .jenkinsOnly("credentialsId", "Here, name the variables that hold the login: usernameEnv, passwordEnv.");
    static final KnownKeys ENV_FILE = KnownKeys.of("file", "path", "keep")
            .jenkinsOnly("credentialsId", "Here, name a file of this machine with file.");

    private final LocalFiles files;

    SecretReader(LocalFiles files) {
        this.files = files;
    }

    /** What is known of the secrets before they are looked up. */
    @FunctionalInterface
    interface SecretsDefinition {
        /** Looks them up in environment variables and files of this machine. */
        SecretSettings resolve(Map<String, String> variables);
    }

    SecretsDefinition read(YamlSection environment) {
        Optional<RegistryDefinition> registry = environment.get("registry").map(SecretReader::registry);
        Optional<EnvFileDefinition> envFile = environment.get("envFile").map(SecretReader::envFile);
        return variables -> new SecretSettings(
                registry.map(definition -> definition.resolve(variables)),
                envFile.map(definition -> definition.resolve(files)));
    }

    private static RegistryDefinition registry(YamlValue value) {
        YamlSection registry = value.section(REGISTRY);
        String url = registry.text("url").orElse("");
        registry.checked(() -> new Registry(url, "", ""));
        return new RegistryDefinition(
                url,
                Variable.of(registry.require("usernameEnv", "usernameEnv: REGISTRY_USER")),
                Variable.of(registry.require("passwordEnv", "passwordEnv: REGISTRY_PASSWORD")));
    }

    private static EnvFileDefinition envFile(YamlValue value) {
        YamlSection envFile = value.section(ENV_FILE);
        YamlValue file = envFile.require("file", "file: ./app.env");
        String typed = envFile.require("path", "path: app.env").text();
        String path = envFile.checked(() -> EnvFileSettings.requireInside(typed));
        return new EnvFileDefinition(
                file, path, envFile.get("keep").map(YamlValue::yes).orElse(false));
    }

    private record RegistryDefinition(String url, Variable username, Variable password) {
        Registry resolve(Map<String, String> variables) {
            return new Registry(url, username.value(variables), password.value(variables));
        }
    }

    private record EnvFileDefinition(YamlValue file, String path, boolean keep) {
        EnvFileSettings resolve(LocalFiles files) {
            return new EnvFileSettings(files.secretFile(file), path, keep);
        }
    }
}

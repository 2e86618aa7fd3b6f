package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvFileSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PreflightSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {
    /** Maven runs the tests in the folder of the POM. */
    private static final Path EXAMPLE = Path.of("..", "docs", "environments.example.yml");

    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
    private static final String LEAST = "environments:\n  - name: here\n    host: local\n    directory: /srv/app\n";

    @TempDir
    Path directory;

    @Test
    void theDocumentedExampleIsWhatTheEngineIsTold() throws IOException {
        Files.createDirectories(directory.resolve(".ssh"));
        Files.writeString(directory.resolve(".ssh/id_ed25519"), KEY);
        EnvironmentDefinition preprod = example().environment("preprod");

        HostSettings host = preprod.host()
                .resolve(Map.of("PREPROD_KEY_PASSPHRASE", "open sesame \n", "BASTION_PASSWORD", "let me in"));
        Environment environment = preprod.on(host);

        assertThat(environment.directory()).isEqualTo("/srv/app/10_preprod");
        assertThat(environment.remote()).isEqualTo("origin");
        assertThat(environment.stateFile()).contains("/var/app-state/last-validated-sha.txt");
        assertThat(environment.lockTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(environment.commandTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(environment.compose())
                .isEqualTo(new ComposeSettings(
                        List.of("docker-compose-preprod.yml"), Optional.of("preprod"), ComposeSettings.Action.RESTART));
        assertThat(environment.preflight())
                .isEqualTo(new PreflightSettings(List.of("app_net"), List.of("postgres", "redis"), 2_000_000_000L));
        assertThat(environment.promotion())
                .isEqualTo(new PromotionSettings(
                        Optional.of("./backup.sh"),
                        new FreezeWindows(List.of(
                                FreezeWindows.Window.of(List.of("fri", "sat"), "16:00", "23:59", "Europe/Paris")))));
        assertThat(environment.migrate())
                .contains(new MigrateSettings("backend", "alembic upgrade head", Optional.of("alembic downgrade -1")));
        assertThat(environment.health())
                .isEqualTo(new HealthSettings(
                        Optional.of(new HttpCheck(
                                URI.create("https://preprod.example.com/status"),
                                Map.of("Accept", "application/json"),
                                "200",
                                "Welcome",
                                "version [0-9]+",
                                "/database",
                                "up",
                                14,
                                Duration.ofSeconds(10))),
                        false,
                        List.of("backend"),
                        Optional.of("test -S /run/app.sock"),
                        Optional.of(new LogCheck(List.of("backend"), "ERROR|Traceback")),
                        GateTiming.DEFAULTS));
        assertThat(environment.ciRules())
                .isEqualTo(new CiRules(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        List.of("build", "test*"),
                        List.of("lint"),
                        CiRules.OnNoVerdict.KEEP,
                        CiRules.OnNoVerdict.KEEP));
        assertThat(preprod.ci())
                .hasValueSatisfying(
                        ci -> assertThat(ci.service() + " " + ci.repository()).isEqualTo("GITHUB owner/repo"));
        assertThat(preprod.notifiers())
                .extracting(
                        NotifierReader.WebhookDefinition::service,
                        webhook -> webhook.url().name(),
                        NotifierReader.WebhookDefinition::policy)
                .containsExactly(
                        tuple(WebhookService.DISCORD, "DISCORD_WEBHOOK", Policy.ALL),
                        tuple(WebhookService.SLACK, "SLACK_WEBHOOK", Policy.FAILURES),
                        tuple(WebhookService.WEBHOOK, "STATUS_URL", Policy.DOWN));
        assertThat(environment.host())
                .isEqualTo(new HostSettings.Ssh(
                        new Endpoint("deploy", "preprod.example.com", 22),
                        new SshLogin.PrivateKey("~/.ssh/id_ed25519", KEY.getBytes(), Optional.of("open sesame ")),
                        new HostKeys(
                                "preprod.example.com ssh-ed25519"
                                        + " AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExam\n",
                                Optional.empty(),
                                HostKeys.Policy.STRICT),
                        Optional.of(new HostSettings.Ssh(
                                new Endpoint("gate", "bastion.example.com", 22),
                                new SshLogin.Password("BASTION_PASSWORD", "let me in"),
                                new HostKeys(
                                        "",
                                        Optional.of(directory.resolve(".ssh").resolve("known_hosts")),
                                        HostKeys.Policy.ACCEPT_NEW),
                                Optional.empty()))));
    }

    @Test
    void secretsAreLookedUpOnlyWhenTheyAreLent() throws IOException {
        EnvironmentDefinition preprod = example().environment("preprod");
        Map<String, String> variables = Map.of("REGISTRY_USER", "me\n", "REGISTRY_PASSWORD", "s3cret\n");
        assertThatThrownBy(() -> preprod.secrets().resolve(variables))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("envFile.file: \"~/preprod.env\" does not exist.");
        Files.writeString(directory.resolve("preprod.env"), "TOKEN=1\n");

        assertThat(preprod.settings().secrets()).isEqualTo(SecretSettings.NONE);
        assertThat(preprod.secrets().resolve(variables))
                .isEqualTo(new SecretSettings(
                        Optional.of(new Registry("https://registry.example.com", "me", "s3cret")),
                        Optional.of(new EnvFileSettings("TOKEN=1\n".getBytes(), "app.env", false))));
        assertThatThrownBy(() -> preprod.secrets().resolve(Map.of("REGISTRY_USER", "me")))
                .hasMessageContaining("registry.passwordEnv: the environment variable REGISTRY_PASSWORD is not set.");
    }

    @Test
    void aRollingUpdateHasDefaultsAndBringsContainersUp() {
        Environment plain =
                read(LEAST + "    strategy: rolling\n").environment("here").settings();
        Environment named = read(LEAST
                        + "    strategy: rolling\n    rolling: { drain: 3s, drainCommand: touch /down, services: [web] }\n")
                .environment("here")
                .settings();

        assertThat(plain.rolling()).contains(new RollingSettings(Duration.ofSeconds(10), Optional.empty(), List.of()));
        assertThat(plain.compose().action()).isEqualTo(ComposeSettings.Action.UP);
        assertThat(named.rolling())
                .contains(new RollingSettings(Duration.ofSeconds(3), Optional.of("touch /down"), List.of("web")));
        assertThat(read(LEAST + "    strategy: recreate\n")
                        .environment("here")
                        .settings()
                        .rolling())
                .isEmpty();
    }

    @Test
    void theLeastThatAnEnvironmentNeedsHasTheDocumentedDefaults() {
        Environment environment = example().environment("here").settings();

        assertThat(environment)
                .isEqualTo(new Environment(
                        "here",
                        new HostSettings.Local(),
                        "/srv/app",
                        new ComposeSettings(List.of(), Optional.empty(), ComposeSettings.Action.RESTART),
                        Optional.empty(),
                        HealthSettings.NONE,
                        CiRules.DEFAULTS,
                        Optional.empty(),
                        Environment.DEFAULT_LOCK_TIMEOUT,
                        Environment.DEFAULT_COMMAND_TIMEOUT,
                        Environment.DEFAULT_REMOTE));
    }

    @Test
    void imagesAreNamedAsTheFileSaysAndAlwaysBroughtUp() {
        Environment images = example().environment("images").settings();

        assertThat(images.image()).contains(new ImageSettings("IMAGE_TAG", "{shortSha}"));
        assertThat(images.compose().action()).isEqualTo(ComposeSettings.Action.UP);
    }

    static Stream<KnownKeys> sections() {
        return Stream.of(
                EnvironmentFile.FILE,
                EnvironmentReader.ENVIRONMENT,
                EnvironmentReader.COMPOSE,
                ImageReader.IMAGE,
                EnvironmentReader.PREFLIGHT,
                EnvironmentReader.FREEZE,
                EnvironmentReader.ROLLING,
                SecretReader.REGISTRY,
                SecretReader.ENV_FILE,
                EnvironmentReader.MIGRATE,
                NotifierReader.NOTIFIER,
                NotifierReader.WEBHOOK,
                HostReader.HOST,
                HostReader.SSH,
                HealthReader.HEALTH,
                HealthReader.JSON,
                HealthReader.LOGS,
                HealthReader.TLS,
                CiReader.CI,
                CiReader.keys(CiService.GITHUB),
                CiReader.keys(CiService.GITLAB),
                CiReader.keys(CiService.GITEA));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void everyKeyIsInTheDocumentedExample(KnownKeys keys) throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(keys.names()).allSatisfy(key -> assertThat(example).containsPattern("\\b" + key + ":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void lineEndsAndAByteOrderMarkMakeNoDifference(String lineEnd) {
        EnvironmentFile file = read("\uFEFF" + LEAST.replace("\n", lineEnd));

        assertThat(file.environment("here").settings().directory()).isEqualTo("/srv/app");
    }

    @Test
    void anchorsSpareRepetition() {
        EnvironmentFile file = read("""
                environments:
                  - name: one
                    host: local
                    directory: /srv/one
                    compose: &compose { files: [compose.yml], action: up }
                  - name: two
                    host: local
                    directory: /srv/two
                    compose: *compose
                """);

        assertThat(file.environment("two").settings().compose())
                .isEqualTo(file.environment("one").settings().compose());
        assertThat(file.all()).hasSize(2);
    }

    @Test
    void wordsAndNumbersStayTheTextThatWasTyped() {
        EnvironmentFile file = read(LEAST + "    health: { url: http://a/, contains: yes, status: 204 }\n");

        HttpCheck check = file.environment("here").settings().health().http().orElseThrow();
        assertThat(check.contains()).isEqualTo("yes");
        assertThat(check.status()).isEqualTo("204");
    }

    @Test
    void aKeyFileIsReadRelativeToTheEnvironmentFile() throws IOException {
        Files.writeString(directory.resolve("id"), KEY);
        EnvironmentFile file = read("""
                environments:
                  - name: here
                    host: { ssh: { address: a@b, identityFile: id } }
                    directory: /srv/app
                """);

        HostSettings.Ssh ssh =
                (HostSettings.Ssh) file.environment("here").host().resolve(Map.of());

        assertThat(ssh.login()).isEqualTo(new SshLogin.PrivateKey("id", KEY.getBytes(), Optional.empty()));
    }

    @Test
    void anotherEnvironmentsMissingSecretsAreNoConcern() {
        EnvironmentFile file = read(
                LEAST
                        + "  - name: prod\n    host: { ssh: { address: a@b, identityFile: gone } }\n    directory: /srv/prod\n");

        assertThat(file.environment("here").host().resolve(Map.of())).isEqualTo(new HostSettings.Local());
    }

    private EnvironmentFile example() {
        return EnvironmentFile.read(Path.of(""), EXAMPLE.toString(), directory);
    }

    private EnvironmentFile read(String yaml) {
        new CliRunner(directory).withFile("environments.yml", yaml);
        return EnvironmentFile.read(directory, "environments.yml", directory);
    }
}

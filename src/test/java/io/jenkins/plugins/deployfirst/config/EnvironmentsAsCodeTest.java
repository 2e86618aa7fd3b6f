package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PreflightSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EnvironmentsAsCodeTest {
    private static final String HEADER = "unclassified:\n  deployFirst:\n    environments:\n";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        ConfigurationAsCode.get()
                .configure(EnvironmentsAsCodeTest.class
                        .getResource("environments.yml")
                        .toExternalForm());
    }

    @Test
    void everyKeyOfTheBlockBecomesASetting() {
        EnvironmentDefinition preprod = environment("preprod");
        Environment settings = EnvironmentReader.check(preprod);

        assertThat(settings.compose())
                .isEqualTo(new ComposeSettings(
                                List.of("docker-compose-preprod.yml"),
                                Optional.of("preprod"),
                                ComposeSettings.Action.RESTART)
                        .only(List.of("backend")));
        assertThat(settings.preflight())
                .isEqualTo(new PreflightSettings(List.of("app_net"), List.of("postgres", "redis"), 2_000_000_000L));
        assertThat(preprod.getRegistry())
                .isEqualTo(new DockerRegistryEndpoint("https://registry.example.com", "registry-login"));
        assertThat(preprod.getEnvFile().getCredentialsId()).isEqualTo("app-env");
        assertThat(preprod.getEnvFile().getPath()).isEqualTo("config/app.env");
        assertThat(preprod.getEnvFile().isKeep()).isTrue();
        assertThat(settings.health().logs()).contains(new LogCheck(List.of("backend"), "ERROR|Traceback"));
        assertThat(settings.promotion())
                .isEqualTo(new PromotionSettings(
                        Optional.of("./backup.sh"),
                        new FreezeWindows(
                                List.of(FreezeWindows.Window.of(List.of("fri"), "16:00", "23:59", "Europe/Paris")))));
        assertThat(settings.migrate())
                .contains(new MigrateSettings("backend", "alembic upgrade head", Optional.of("alembic downgrade -1")));
        assertThat(settings.health().http())
                .contains(new HttpCheck(
                        URI.create("https://preprod.example.com/status"),
                        Map.of("Accept", "application/json", "X-Probe", "yes"),
                        "2xx,301",
                        "Welcome",
                        "version [0-9]+",
                        "/database",
                        "up",
                        14,
                        Duration.ofSeconds(2)));
        assertThat(settings.health().httpFromHost()).isFalse();
        assertThat(settings.health().containers()).containsExactly("backend", "worker");
        assertThat(settings.health().command()).contains("test -S /run/app.sock");
        assertThat(settings.health().timing())
                .isEqualTo(new GateTiming(Duration.ofSeconds(20), 5, Duration.ofSeconds(2), Duration.ofSeconds(8)));
        assertThat(settings.ciRules())
                .isEqualTo(new CiRules(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(10),
                        List.of("build", "test*"),
                        List.of("lint"),
                        OnNoVerdict.ROLLBACK,
                        OnNoVerdict.KEEP));
        assertThat(settings.stateFile()).contains("/var/app-state/last-validated-sha.txt");
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.remote()).isEqualTo("upstream");
        assertThat(preprod.getJobs()).containsExactly("team-a/**", "deploy-*");
        assertThat(preprod.getNotify()).singleElement().isInstanceOfSatisfying(DiscordNotifierDefinition.class, to -> {
            assertThat(to.getCredentialsId()).isEqualTo("discord-webhook");
            assertThat(to.getPolicy()).isEqualTo("all");
        });
        assertThat(preprod.getHost()).isInstanceOfSatisfying(SshHostDefinition.class, ssh -> {
            assertThat(ssh.getAddress()).isEqualTo("deploy@preprod.example.com:22");
            assertThat(ssh.getCredentialsId()).isEqualTo("preprod-ssh");
            assertThat(ssh.getKnownHosts()).startsWith("preprod.example.com ssh-ed25519 ");
            assertThat(ssh.getHostKey()).isEqualTo("accept-new");
            assertThat(ssh.getJump().getAddress()).isEqualTo("gate@bastion.example.com");
        });
    }

    @Test
    void aBareSymbolIsALocalHost() {
        assertThat(environment("here").isLocal()).isTrue();
        Environment here = EnvironmentReader.check(environment("here"));
        assertThat(here.ciRules()).isEqualTo(CiRules.DEFAULTS);
        assertThat(here.health().httpFromHost()).isTrue();
    }

    @Test
    void theTimingOfAWatchMayStandInsideTheServer() {
        Environment inside = EnvironmentReader.check(environment("inside"));

        assertThat(inside.ciRules().timeout()).isEqualTo(Duration.ofMinutes(7));
        assertThat(inside.compose().action()).isEqualTo(ComposeSettings.Action.UP);
        assertThat(inside.image()).contains(new ImageSettings("APP_TAG", "main-{shortSha}"));
        assertThat(inside.rolling())
                .contains(new RollingSettings(
                        Duration.ofSeconds(3), Optional.of("touch /tmp/drain"), List.of("backend")));
        assertThat(inside.health().http().orElseThrow().headers()).containsEntry("Accept", "text/html");
    }

    @Test
    void imagesAreAlwaysBroughtUpAndNamedOnlyWhereTheyAreDeployed() {
        EnvironmentDefinition definition = environment("here");
        definition.setMode("Image");
        definition.setCompose(new ComposeDefinition());
        Environment images = EnvironmentReader.check(definition);
        definition.setMode("checkout");
        definition.setImage(new ImageTagDefinition());

        assertThat(images.image()).contains(new ImageSettings("IMAGE_TAG", "{sha}"));
        assertThat(images.compose().action()).isEqualTo(ComposeSettings.Action.UP);
        assertThatThrownBy(() -> EnvironmentReader.check(definition))
                .hasMessageStartingWith("image: has no effect without mode: image.");
    }

    @Test
    void aRollingUpdateBringsContainersUpAndSaysWhatDoesNotGoTogether() {
        EnvironmentDefinition definition = environment("here");
        definition.setStrategy("rolling");
        definition.setCompose(new ComposeDefinition());
        Environment rolling = EnvironmentReader.check(definition);
        definition.setStrategy("recreate");
        definition.setRolling(new RollingDefinition());

        assertThat(rolling.rolling()).contains(RollingSettings.DEFAULTS);
        assertThat(rolling.compose().action()).isEqualTo(ComposeSettings.Action.UP);
        assertThatThrownBy(() -> EnvironmentReader.check(definition))
                .hasMessageStartingWith("rolling: has no effect without strategy: rolling.");
    }

    @Test
    void whatIsExportedIsImportedAsTheSame() throws Exception {
        String exported = export();

        ConfigurationAsCode.get().configureWith(YamlSource.of(stream(exported)));

        assertThat(export()).isEqualTo(exported);
        assertThat(DeployFirstConfiguration.get().getEnvironments())
                .extracting(EnvironmentDefinition::getName)
                .containsExactly("preprod", "here", "inside");
    }

    @Test
    void anExportHasTheFormThatTheCommandReads() throws Exception {
        assertThat(export())
                .contains("host: \"local\"")
                .contains("action: \"up\"")
                .contains("Accept: \"application/json\"")
                .containsPattern("ci:\\n( +)checks:")
                .containsPattern("\\n( +)github:\\n\\1  apiUrl:")
                .doesNotContain("Text:");
    }

    @Test
    void whatIsAsByDefaultIsNotExported() throws Exception {
        assertThat(export()).doesNotContain("attempts: 3").doesNotContain("remote: \"origin\"");
    }

    @Test
    void twoEnvironmentsOfOneNameAreRefusedAndTheOldOnesStay() throws Exception {
        configure("    - { name: one, host: local, directory: /srv/one }\n");

        assertThatThrownBy(() -> configure("    - { name: two, host: local, directory: /a }\n"
                        + "    - { name: two, host: local, directory: /b }\n"))
                .hasStackTraceContaining("there are two environments with the name \"two\"");

        assertThat(DeployFirstConfiguration.get().getEnvironments())
                .extracting(EnvironmentDefinition::getName)
                .containsExactly("one");
    }

    @Test
    void aWrongSettingIsRefusedInTheEnginesWords() {
        assertThatThrownBy(() -> configure("    - { name: one, host: local, directory: srv/one }\n"))
                .hasStackTraceContaining("directory: \"srv/one\" is not an absolute path.");
        assertThatThrownBy(() -> configure("    - { name: one, host: local, directory: /a, mode: ftp }\n"))
                .hasStackTraceContaining("mode: \"ftp\" is not allowed. Write checkout or image.");
        assertThatThrownBy(() -> configure(
                        "    - { name: one, host: local, directory: /a, ci: { github: { repository: x } } }\n"))
                .hasStackTraceContaining("ci.github.repository: \"x\" is not a repository's name.");
    }

    @Test
    void anUnknownCiServerIsNamedWithThoseThatExist() {
        assertThatThrownBy(
                        () -> configure(
                                "    - { name: one, host: local, directory: /a, ci: { githup: { repository: a/b }, timeout: 1m } }\n"))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining(
                        "ci: names githup. Write one of github, gitlab, gitea, jenkins, and beside it only checks,");
    }

    private static void configure(String environments) throws ConfiguratorException {
        ConfigurationAsCode.get().configureWith(YamlSource.of(stream(HEADER + environments)));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode configuration = Util.getUnclassifiedRoot(context).get("deployFirst");
        return "unclassified:\n  deployFirst:\n"
                + Util.toYamlString(configuration).indent(4);
    }

    private static EnvironmentDefinition environment(String name) {
        return DeployFirstConfiguration.get().getEnvironments().stream()
                .filter(environment -> environment.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

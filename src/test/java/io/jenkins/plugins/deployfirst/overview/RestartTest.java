package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.config.Definitions;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What the page "Deployments" knows after a restart of Jenkins. */
class RestartTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String SHA = "1111111111111111111111111111111111111111";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private SilentHost silent;
    private GitHubChecks gitHub;

    @BeforeEach
    void start() {
        silent = SilentHost.start();
        gitHub = GitHubChecks.start();
    }

    @AfterEach
    void stop() throws Exception {
        gitHub.close();
        silent.close();
    }

    @Test
    void whatWasSeenLastIsShownWithItsAge() throws Throwable {
        sessions.then(jenkins -> {
            define();
            StatusFiles.write(
                    environment(),
                    KnownStatus.none(environment().place())
                            .seen(new SeenStatus(KnownStatusTest.status().toMap()), System.currentTimeMillis()));
        });
        sessions.then(jenkins -> {
            String page = jenkins.createWebClient().goTo("deployments/").asNormalizedText();
            assertThat(page).contains("Say \"<b>hello</b>\"", "Looked at");
            assertThat(page).doesNotContain("Not looked at yet");
        });
    }

    @Test
    void anOperationThatWasCutOffIsToldOnItsPage() throws Throwable {
        sessions.then(jenkins -> {
            define();
            Operation operation = Operations.get().start(OperationRequest.rollback(key(), ""));
            await().atMost(LONG).until(() -> silent.connections() > 0);
            assertThat(operation.isRunning()).isTrue();
        });
        sessions.then(jenkins -> {
            Operation operation = Operations.get().find("1").orElseThrow();
            assertThat(operation.isRunning()).isFalse();
            assertThat(operation.getOutcome()).isEqualTo("CUT_OFF");
            assertThat(jenkins.createWebClient()
                            .goTo("deployments/operation/1/")
                            .asNormalizedText())
                    .contains("Roll back preprod", "Jenkins went down before it had ended.");
            assertThat(Operations.get()
                            .start(OperationRequest.rollback(key(), ""))
                            .getNumber())
                    .isEqualTo(2);
        });
    }

    @Test
    void aWatchGoesOnWithTheDeadlineThatItHad() throws Throwable {
        gitHub.pending(SHA, "build");
        sessions.then(jenkins -> {
            define();
            Operations.get().start(OperationRequest.watch(key(), SHA));
            await().atMost(LONG).until(() -> gitHub.reads(SHA) > 0);
        });
        int reads = gitHub.reads(SHA);
        sessions.then(jenkins -> {
            Operation operation = Operations.get().find("1").orElseThrow();
            assertThat(operation.isRunning()).isTrue();
            assertThat(Operations.get().watches(key()))
                    .singleElement()
                    .satisfies(watch -> assertThat(watch.getSha()).isEqualTo(SHA));
            await().atMost(LONG).until(() -> gitHub.reads(SHA) > reads);
        });
    }

    @Test
    void aFileThatIsDamagedIsLeftOutAndDoesNotKeepJenkinsFromStarting() throws Throwable {
        sessions.then(jenkins -> {
            define();
            Operations.get().start(OperationRequest.rollback(key(), ""));
            Path home = jenkins.jenkins.getRootDir().toPath().resolve("deploy-first");
            Files.writeString(home.resolve("operations/1/operation.xml"), "<nonsense");
            Files.createDirectories(home.resolve("status"));
            Files.writeString(home.resolve("status/preprod.xml"), "<nonsense");
        });
        sessions.then(jenkins -> {
            assertThat(Operations.get().find("1")).isEmpty();
            assertThat(StatusBoard.get().of(environment()).isSeen()).isFalse();
            assertThat(Operations.get()
                            .start(OperationRequest.rollback(key(), ""))
                            .getNumber())
                    .as("numbers are not used twice")
                    .isEqualTo(2);
        });
    }

    private void define() throws Exception {
        Credentials.password("key", "deploy", "secret");
        EnvironmentDefinition environment = Definitions.ssh("preprod", silent.address(), "key");
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(gitHub.url());
        ci.setInitialDelay("0");
        ci.setInterval("200ms");
        ci.setTimeout("1h");
        environment.setCi(ci);
        DeployFirstConfiguration.get().setEnvironments(List.of(environment));
    }

    private static EnvironmentKey key() {
        return new EnvironmentKey("", "preprod");
    }

    private static DefinedEnvironment environment() {
        return key().find().orElseThrow();
    }
}

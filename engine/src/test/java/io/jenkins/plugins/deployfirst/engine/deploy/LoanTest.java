package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a deployment lends to a real host: a login to a real registry, and a file that compose reads. */
@ExtendWith(RealHost.class)
class LoanTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String SECRET = "l0an-s3cret";

    @TempDir
    static Path root;

    private static Preprod preprod;
    private static ImageRegistry registry;
    private static SshServer watched;
    private static String image;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        registry = ImageRegistry.start(root.resolve("registry"));
        image = registry.push(Stack.IMAGE, "loan:1");
        // Every process of docker notes what all users of the host could see at that moment.
        String docker = Tool.run(root, "sh", "-c", "command -v docker");
        Tool.write(
                root.resolve("programs/docker"),
                "#!/bin/sh\n{ tr '\\0' ' ' < /proc/$$/cmdline; env; cat /proc/$PPID/cmdline /proc/$PPID/environ | tr '\\0' ' '; echo; } >> "
                        + root.resolve("seen") + " 2>/dev/null\nexec " + docker + " \"$@\"\n");
        Tool.run(root, "chmod", "+x", "programs/docker");
        watched = SshServer.start(
                root.resolve("sshd2"), preprod.stack.home(), root.resolve("programs") + ":" + System.getenv("PATH"));
    }

    @AfterAll
    static void end() {
        preprod.close();
        watched.close();
        registry.close();
        Tool.works("docker", "rmi", image);
    }

    @BeforeEach
    void startAnew() {
        preprod.startAnew();
        Tool.works("docker", "rmi", "-f", image);
    }

    @Test
    void aPrivateImageIsPulledWithALoginThatNobodySeesAndThatIsGoneAfterwards() throws Exception {
        String sha = releaseWithPrivateImage();

        DeployResult result = preprod.deploy(lending(registry.login(), null), sha);

        assertThat(result.error()).isEmpty();
        assertThat(Preprod.names(result.phases())).containsSubsequence("registry login", "compose config", "images");
        assertThat(Tool.read(root.resolve("seen")))
                .contains("login --username", "pull")
                .doesNotContain("s3cret");
        assertThat(String.join("\n", preprod.output) + preprod.told() + Tool.read(preprod.stack.journal()))
                .doesNotContain("s3cret");
        assertNothingIsLeft();
        assertThat(preprod.stack.home().resolve(".docker")).doesNotExist();
    }

    @Test
    void aWrongPasswordIsToldBeforeAnythingIsTouched() throws Exception {
        String sha = releaseWithPrivateImage();
        String started = preprod.startedAt("web");
        Registry wrong = new Registry(registry.login().url(), ImageRegistry.USER, "wr0ng-s3cret");

        DeployResult result = preprod.deploy(lending(wrong, null), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("registry: the login at " + registry.host() + " is refused: ")
                .endsWith("Check the user name and the password or token; nothing was changed.")
                .doesNotContain("wr0ng");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.startedAt("web")).isEqualTo(started);
        assertNothingIsLeft();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsToldApart() throws Exception {
        String sha = releaseWithPrivateImage();
        Registry nowhere = new Registry("http://127.0.0.1:1", ImageRegistry.USER, SECRET);

        DeployResult result = preprod.deploy(lending(nowhere, null), sha);

        assertThat(result.error())
                .startsWith("registry: the login at 127.0.0.1:1 failed on ")
                .contains("connection refused")
                .endsWith("Check the address, and that the host reaches it; nothing was changed.");
    }

    @Test
    void aRestartOfMountedCodeNeedsNoLogin() throws Exception {
        Registry nowhere = new Registry("http://127.0.0.1:1", ImageRegistry.USER, SECRET);
        preprod.deploy(preprod.stack.release("known"));

        DeployResult result = preprod.deploy(lending(nowhere, null), preprod.stack.release("restarted"));

        assertThat(result.error()).isEmpty();
        assertThat(Preprod.names(result.phases())).contains("restart").doesNotContain("registry login");
    }

    @Test
    void theFileIsThereForComposeAndGoneAfterwards() throws Exception {
        String sha = preprod.commitCompose(
                file -> file.replace("    init: true\n    stop", "    init: true\n    env_file: app.env\n    stop"));

        DeployResult result = preprod.deploy(lending(null, file(false)), sha);

        assertThat(result.error()).isEmpty();
        assertThat(preprod.host("docker exec " + preprod.stack.container("worker") + " sh -c 'echo $TOKEN'"))
                .isEqualTo(SECRET);
        assertThat(Tool.read(preprod.stack.journal()) + preprod.told()).doesNotContain(SECRET);
        assertThat(preprod.stack.checkout().resolve("app.env")).doesNotExist();
        assertNothingIsLeft();

        RollbackResult back = preprod.flows(lending(null, file(false)))
                .rollback(RollbackRequest.byHand(Optional.of(new CommitSha(preprod.first()))));
        assertThat(back.outcome()).isEqualTo(Outcome.DONE);
        assertNothingIsLeft();
    }

    @Test
    void aFileThatIsKeptStaysWithTheReleaseThatWentLive() throws Exception {
        DeployResult result = preprod.deploy(lending(null, file(true)), preprod.stack.release("with a file"));

        assertThat(result.error()).isEmpty();
        Path file = preprod.stack.checkout().resolve("app.env");
        assertThat(file).hasContent("TOKEN=" + SECRET);
        assertThat(Tool.run(root, "stat", "-c", "%a", file.toString())).isEqualTo("600");
    }

    @Test
    void aFileOfSomebodyElseStopsTheDeployment() throws Exception {
        Path file = preprod.stack.checkout().resolve("app.env");
        Tool.write(file, "MINE=1");

        DeployResult result = preprod.deploy(lending(null, file(false)), preprod.stack.release("refused"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("envFile.path: " + file + " on ")
                .contains(" exists, and is not what was written there.");
        assertThat(file).hasContent("MINE=1");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose config", "images", "gate"})
    void whateverIsAbortedHalfWayLeavesNoSecretOnTheHost(String phase) throws Exception {
        String sha = releaseWithPrivateImage();
        Thread flow = Thread.currentThread();
        preprod.atPhase = started -> {
            if (started.equals(phase)) {
                assertThat(preprod.stack.stateDirectory().resolve("docker/config.json"))
                        .exists();
                assertThat(preprod.stack.checkout().resolve("app.env")).exists();
                flow.interrupt();
            }
        };

        assertThatThrownBy(() -> preprod.deploy(lending(registry.login(), file(false)), sha))
                .isInstanceOf(InterruptedException.class);

        await().atMost(MINUTE).untilAsserted(LoanTest::assertNothingIsLeft);
    }

    @Test
    void whatAHostThatWasSwitchedOffHasKeptGoesWithTheNextDeployment() throws Exception {
        Path login = preprod.stack.stateDirectory().resolve("docker/config.json");
        Tool.write(login, "{}");
        Path file = preprod.stack.checkout().resolve("app.env");
        Tool.write(file, "TOKEN=old");
        String sum = Tool.run(root, "sh", "-c", "sha256sum < " + file + " | cut -d ' ' -f 1");
        Tool.write(preprod.stack.stateDirectory().resolve("env-file"), file + "\nremove\n" + sum + "\n");

        preprod.deploy(preprod.stack.release("tidy"));

        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/app.env", "../app.env", "a/../../b", "./app.env", "config/", ".git/config", "a\nb"})
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> new EnvFileSettings(new byte[] {1}, path, false))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("envFile.path: ");
    }

    @Test
    void secretsAreNotPartOfAnyText() {
        assertThat(lending(registry.login(), file(false)).toString()).doesNotContain("s3cret");
    }

    private static void assertNothingIsLeft() {
        assertThat(preprod.stack.stateDirectory().resolve("docker")).doesNotExist();
        assertThat(preprod.stack.stateDirectory().resolve("env-file")).doesNotExist();
        assertThat(preprod.stack.checkout().resolve("app.env")).doesNotExist();
    }

    private static String releaseWithPrivateImage() {
        return preprod.commitCompose(file -> file.replace(Stack.IMAGE, image));
    }

    private static EnvFileSettings file(boolean keep) {
        return new EnvFileSettings(("TOKEN=" + SECRET + "\n").getBytes(StandardCharsets.UTF_8), "app.env", keep);
    }

    private static Environment lending(Registry registry, EnvFileSettings file) {
        return preprod.with(it -> {
            it.host = watched.settings();
            it.secrets = new SecretSettings(Optional.ofNullable(registry), Optional.ofNullable(file));
        });
    }
}

package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@ExtendWith(RealHost.class)
@WithJenkins
class ConnectionTestTest {
    @TempDir
    private static Path root;

    private static Stack stack;
    private static SshServer server;
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        stack = Stack.start(root).withStateFolder();
        server = SshServer.start(root.resolve("sshd"), stack.home());
    }

    @AfterAll
    static void stopHost() {
        server.close();
        stack.close();
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        Credentials.key("host", System.getProperty("user.name"), "", Tool.read(server.clientKey()) + "\n");
    }

    @Test
    void aHostThatHasEverythingIsToldPieceByPiece() {
        FormValidation answer =
                test(host(server.knownHosts(server.port())), stack.checkout().toString(), "");

        assertThat(answer.kind).as(answer.renderHtml()).isEqualTo(FormValidation.Kind.OK);
        assertThat(answer.renderHtml())
                .contains("Connected to " + address())
                .contains("<li>✓ git and flock: git version ")
                .contains("<li>✓ Docker: Docker ")
                .contains("<li>✓ Docker Compose: ")
                .contains("<li>✓ Directory: ")
                .contains("First release")
                .contains("<li>✓ Compose files: ")
                .contains("worker")
                .contains("<li>✓ State file: " + stack.stateFile())
                .doesNotContain("✗");
        assertThat(stack.stateDirectory()).doesNotExist();
    }

    @Test
    void anUnknownKeyIsShownWithTheLineThatMakesItKnown() {
        SshHostDefinition host = host("other.example.com ssh-ed25519 "
                + server.knownHosts(server.port()).split(" ")[2]);

        FormValidation answer = test(host, stack.checkout().toString(), "");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml())
                .contains("the host key is not known: ssh-ed25519 SHA256:")
                .contains("<pre>" + server.knownHosts(server.port()) + "</pre>");
    }

    @Test
    void aWrongDirectoryIsNamedWithTheRemedyAndTheRestIsStillLookedAt() {
        FormValidation answer = test(host(server.knownHosts(server.port())), "/srv/<b>nothing", "");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml())
                .contains("<li>✗ Directory: directory: /srv/&lt;b&gt;nothing does not exist on ")
                .contains("Clone the repository there, or correct the setting.")
                .contains("<li>✓ State file: ")
                .doesNotContain("Compose files:");
    }

    @Test
    void composeFilesThatAreNotThereAreNamed() {
        FormValidation answer =
                test(host(server.knownHosts(server.port())), stack.checkout().toString(), "missing.yml");

        assertThat(answer.renderHtml())
                .contains("<li>✗ Compose files: compose.files: compose refuses them in ")
                .contains("missing.yml");
    }

    @Test
    void aRefusedLoginIsOneLine() throws Exception {
        Path other = root.resolve("other-" + System.nanoTime());
        SshServer.key(other, "ed25519", "");
        Credentials.key("other", "root", "", Tool.read(other) + "\n");
        SshHostDefinition host = host(server.knownHosts(server.port()));
        host.setCredentialsId("other");

        FormValidation answer = test(host, stack.checkout().toString(), "");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).contains("refuses the private key other for user");
    }

    @Test
    void aMissingCredentialIsNamed() {
        SshHostDefinition host = host(server.knownHosts(server.port()));
        host.setCredentialsId("nothing");

        assertThat(test(host, stack.checkout().toString(), "").getMessage())
                .contains("host.ssh.credentialsId: Jenkins can use no credential with the id &quot;nothing&quot;");
    }

    @Test
    void theControllerItselfIsLookedAt() {
        FormValidation answer = ExtensionList.lookupSingleton(LocalHostDefinition.DescriptorImpl.class)
                .doTestConnection(
                        null,
                        stack.name(),
                        stack.checkout().toString(),
                        stack.stateFile().toString(),
                        "",
                        stack.project());

        assertThat(answer.renderHtml()).contains("Connected to local.").contains("<li>✓ Directory: ");
    }

    @Test
    void theButtonSendsWhatTheFormHolds() throws Exception {
        EnvironmentDefinition other = Definitions.full("other");
        EnvironmentDefinition environment = new EnvironmentDefinition(
                stack.name(),
                host(server.knownHosts(server.port())),
                stack.checkout().toString());
        environment.setStateFile(stack.stateFile().toString());
        ComposeDefinition compose = new ComposeDefinition();
        compose.setFiles(List.of("docker-compose.yml"));
        compose.setProject(stack.project());
        environment.setCompose(compose);
        DeployFirstConfiguration.get().setEnvironments(List.of(other, environment));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            HtmlForm form = page.getFormByName("config");
            List<HtmlElement> buttons = form.getElementsByTagName("button").stream()
                    .map(HtmlElement.class::cast)
                    .filter(button -> button.asNormalizedText().contains("Test connection"))
                    .toList();

            buttons.get(buttons.size() - 1).click();

            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                browser.waitForBackgroundJavaScript(500);
                assertThat(page.asNormalizedText())
                        .contains("Connected to " + address())
                        .contains("✓ State file: " + stack.stateFile())
                        .contains("✓ Compose files: ");
            });
        }
    }

    private static FormValidation test(SshHostDefinition host, String directory, String files) {
        return ExtensionList.lookupSingleton(SshHostDefinition.DescriptorImpl.class)
                .doTestConnection(
                        null,
                        stack.name(),
                        directory,
                        stack.stateFile().toString(),
                        files,
                        stack.project(),
                        host.getAddress(),
                        host.getCredentialsId(),
                        host.getKnownHosts(),
                        host.getHostKey());
    }

    private static SshHostDefinition host(String knownHosts) {
        SshHostDefinition host = new SshHostDefinition("127.0.0.1:" + server.port());
        host.setCredentialsId("host");
        host.setKnownHosts(knownHosts);
        return host;
    }

    private static String address() {
        return System.getProperty("user.name") + "@127.0.0.1:" + server.port();
    }
}

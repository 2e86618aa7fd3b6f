package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.deployfirst.config.Checklist.Line;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
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

/** Tests the settings of environments against a real host. */
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
    void aHostThatHasEverythingIsToldPieceByPiece() throws Exception {
        Checklist answer = test(environment(host(known())));

        assertThat(answer.isOk()).as(texts(answer).toString()).isTrue();
        assertThat(answer.getLines())
                .extracting(Line::subject)
                .containsExactly(
                        "Connection",
                        "git and flock",
                        "Docker",
                        "Docker Compose",
                        "Directory",
                        "Compose files",
                        "State file");
        assertThat(texts(answer))
                .satisfiesExactly(
                        connection -> assertThat(connection).isEqualTo(address()),
                        git -> assertThat(git).startsWith("git version "),
                        docker -> assertThat(docker).startsWith("Docker "),
                        compose -> assertThat(compose).isNotEmpty(),
                        directory -> assertThat(directory).endsWith("First release"),
                        files -> assertThat(files).contains("worker"),
                        state -> assertThat(state).isEqualTo(stack.stateFile().toString()));
        assertThat(stack.stateDirectory()).doesNotExist();
    }

    @Test
    void anUnknownKeyIsShownWithTheLineThatMakesItKnown() throws Exception {
        SshHostDefinition host = host("other.example.com ssh-ed25519 " + known().split(" ")[2]);

        assertThat(test(environment(host)).getLines()).singleElement().satisfies(line -> {
            assertThat(line.ok()).isFalse();
            assertThat(line.text()).contains("the host key is not known: ssh-ed25519 SHA256:");
            assertThat(line.paste()).isEqualTo(known());
        });
    }

    @Test
    void aWrongDirectoryIsNamedWithTheRemedyAndTheRestIsStillLookedAt() throws Exception {
        Checklist answer = test(new EnvironmentDefinition(stack.name(), host(known()), "/srv/<b>nothing"));

        Line directory = line(answer, "Directory");
        assertThat(directory.ok()).isFalse();
        assertThat(directory.text()).startsWith("directory: /srv/<b>nothing does not exist on ");
        assertThat(directory.remedy()).isEqualTo("Clone the repository there, or correct the setting.");
        assertThat(line(answer, "State file").ok()).isTrue();
        assertThat(answer.getLines()).extracting(Line::subject).doesNotContain("Compose files");
    }

    @Test
    void composeFilesThatAreNotThereAreNamed() throws Exception {
        EnvironmentDefinition environment = environment(host(known()));
        environment.getCompose().setFiles(List.of("missing.yml"));

        Line files = line(test(environment), "Compose files");
        assertThat(files.ok()).isFalse();
        assertThat(files.text()).contains("compose.files: compose refuses them in ", "missing.yml");
    }

    @Test
    void aRefusedLoginIsOneLine() throws Exception {
        Path other = root.resolve("other-" + System.nanoTime());
        SshServer.key(other, "ed25519", "");
        Credentials.key("other", "root", "", Tool.read(other) + "\n");
        SshHostDefinition host = host(known());
        host.setCredentialsId("other");

        assertThat(test(environment(host)).getLines())
                .singleElement()
                .extracting(Line::text)
                .asString()
                .contains("refuses the private key other for user");
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() throws Exception {
        SshHostDefinition host = host(known());
        host.setCredentialsId("nothing");
        EnvironmentDefinition environment = environment(host);
        environment.setEnvFile(new EnvFileDefinition("no-file", "app.env"));
        GitHubCiDefinition ci = new GitHubCiDefinition("owner/name");
        ci.setCredentialsId("no-token");
        environment.setCi(ci);
        environment.setNotify(List.of(new DiscordNotifierDefinition("no-webhook")));

        assertThat(test(environment).getLines())
                .extracting(Line::subject, Line::ok)
                .containsExactly(
                        tuple("Connection", false),
                        tuple("Registry login and secret file", false),
                        tuple("CI", false),
                        tuple("Discord", false));
        assertThat(texts(test(environment)))
                .allSatisfy(
                        text -> assertThat(text).contains("credentialsId: Jenkins can use no credential with the id "));
    }

    @Test
    void aSettingThatIsWrongIsSaidBeforeAnythingIsConnectedTo() throws Exception {
        EnvironmentDefinition environment = environment(host(known()));
        environment.setLockTimeout("soon");

        assertThat(test(environment).getLines())
                .containsExactly(new Line(
                        false,
                        "Settings",
                        "lockTimeout: \"soon\" is not a duration.",
                        "Write a number with a unit: 250ms, 30s, 5m or 2h; a bare number is seconds.",
                        ""));
    }

    @Test
    void theCiServerIsAskedWithTheTokenAndSaysWhatTheTokenLacks() throws Exception {
        try (GitHubChecks gitHub = GitHubChecks.start()) {
            Credentials.text("github-token", "t0ken");
            Credentials.text("discord-webhook", "https://discord.com/api/webhooks/1/secret");
            EnvironmentDefinition environment = environment(host(known()));
            GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
            ci.setApiUrl(gitHub.url());
            ci.setCredentialsId("github-token");
            environment.setCi(ci);
            environment.setNotify(List.of(new DiscordNotifierDefinition("discord-webhook")));

            Line hidden = line(test(environment), "CI");
            gitHub.showRepository("main");
            Checklist shown = test(environment);

            assertThat(hidden.ok()).isFalse();
            assertThat(hidden.text()).contains("answered 404", "that the token may see it");
            assertThat(shown.isOk()).as(texts(shown).toString()).isTrue();
            assertThat(line(shown, "CI").text()).endsWith(": checks can be read, default branch main");
            assertThat(line(shown, "Discord").text()).startsWith("The credential is there.");
        }
    }

    @Test
    void theControllerItselfIsLookedAt() throws Exception {
        Checklist answer = test(environment(new LocalHostDefinition()));

        assertThat(line(answer, "Connection").text()).isEqualTo("local");
        assertThat(line(answer, "Directory").ok()).isTrue();
    }

    @Test
    void theButtonTestsWhatTheFormHoldsThoughItIsNotSaved() throws Exception {
        EnvironmentDefinition environment = environment(host(known()));
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.full("other"), environment));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            DomElement form = ConfigurationPage.environment(page, stack.name());
            HtmlInput directory = form.querySelector("input[name='_.directory']");
            directory.setValue("/srv/<i>nothing");

            String answer = ConfigurationPage.ask(form, "testConnection");

            assertThat(answer)
                    .contains("Connection " + address())
                    .contains("directory: /srv/<i>nothing does not exist on ")
                    .contains("Clone the repository there, or correct the setting.")
                    .contains("State file " + stack.stateFile());
        }
        assertThat(DeployFirstConfiguration.get().getEnvironments().get(1).getDirectory())
                .isEqualTo(stack.checkout().toString());
    }

    private static Checklist test(EnvironmentDefinition environment) throws InterruptedException {
        return ConnectionTest.run(environment, null);
    }

    private static EnvironmentDefinition environment(HostDefinition host) {
        EnvironmentDefinition environment =
                new EnvironmentDefinition(stack.name(), host, stack.checkout().toString());
        environment.setStateFile(stack.stateFile().toString());
        ComposeDefinition compose = new ComposeDefinition();
        compose.setProject(stack.project());
        environment.setCompose(compose);
        return environment;
    }

    private static SshHostDefinition host(String knownHosts) {
        SshHostDefinition host = new SshHostDefinition("127.0.0.1:" + server.port());
        host.setCredentialsId("host");
        host.setKnownHosts(knownHosts);
        return host;
    }

    private static Line line(Checklist answer, String subject) {
        return answer.getLines().stream()
                .filter(line -> line.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(texts(answer)));
    }

    private static List<String> texts(Checklist answer) {
        return answer.getLines().stream().map(Line::text).toList();
    }

    private static String known() {
        return server.knownHosts(server.port());
    }

    private static String address() {
        return System.getProperty("user.name") + "@127.0.0.1:" + server.port();
    }
}

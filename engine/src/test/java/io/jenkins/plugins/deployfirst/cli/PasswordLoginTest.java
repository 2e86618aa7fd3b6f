package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.Host;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins with a password, over Apache MINA SSHD: sshd takes only those of the machine's own users. */
class PasswordLoginTest {
    private static final String PASSWORD = "it's \"se cret\" ü";

    @TempDir
    Path folder;

    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final SshServer server = SshServer.setUpDefaultServer();

    @BeforeEach
    void start() throws Exception {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host-key")));
        server.setCommandFactory((channel, command) -> new InvertedShellWrapper(new ProcessShell("sh", "-c", command)));
        server.setPasswordAuthenticator((user, password, session) -> {
            tried.add(password);
            return user.equals("deploy") && password.equals(PASSWORD);
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(true);
    }

    static List<UserAuthFactory> methods() {
        return List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theRightPasswordLogsIn(UserAuthFactory method) throws Exception {
        server.setUserAuthFactories(List.of(method));

        try (HostShell shell = open(PASSWORD)) {
            assertThat(shell.run("look", "report who here", Duration.ofSeconds(10))
                            .value("who"))
                    .isEqualTo("here");
        }

        assertThat(tried).containsExactly(PASSWORD);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aWrongPasswordIsTriedOnceAndRefused(UserAuthFactory method) {
        server.setUserAuthFactories(List.of(method));

        assertThatThrownBy(() -> open("wrong"))
                .isInstanceOfSatisfying(
                        DeployFirstException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED))
                .hasMessage(
                        "deploy@127.0.0.1:" + server.getPort()
                                + " refuses the password PREPROD_PASSWORD for user deploy. Give the right password, or log in by a key.");
        // JSch ends a dialogue with an empty answer.
        assertThat(tried).filteredOn(password -> !password.isEmpty()).containsExactly("wrong");
    }

    private HostShell open(String password) throws InterruptedException {
        HostKeys keys = new HostKeys("", Optional.of(folder.resolve("known_hosts")), HostKeys.Policy.ACCEPT_NEW);
        return Host.of(new HostSettings.Ssh(
                        new Endpoint("deploy", "127.0.0.1", server.getPort()),
                        new SshLogin.Password("PREPROD_PASSWORD", password),
                        keys,
                        Optional.empty()))
                .open(Progress.NONE);
    }
}

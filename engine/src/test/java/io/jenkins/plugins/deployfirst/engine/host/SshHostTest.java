package io.jenkins.plugins.deployfirst.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to a real OpenSSH server: keys, host keys, jump hosts, and whatever can be wrong with them. */
@ExtendWith(RealHost.class)
class SshHostTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Timing IMPATIENT = new Timing(
            Duration.ofMillis(400),
            Duration.ofMillis(1500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    @TempDir
    static Path root;

    private static SshServer server;
    private static SshServer jump;

    @TempDir
    Path directory;

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void output(String line) {
            printed.add(line);
        }
    };

    @BeforeAll
    static void startServers() {
        server = SshServer.start(root.resolve("server"), root.resolve("home"));
        jump = SshServer.start(root.resolve("jump"), root.resolve("home"));
    }

    @AfterAll
    static void stopServers() {
        server.close();
        jump.close();
    }

    @AfterEach
    void nothingIsLeftOfAnyConnection() {
        await().atMost(MINUTE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("Connect thread")
                                || name.startsWith("Deploy First")
                                || name.startsWith("DirectTCPIP")));
        await().atMost(MINUTE).until(() -> server.connections() == 0 && jump.connections() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, , OPENSSH",
        "ed25519, open sesame, OPENSSH",
        "ecdsa, , OPENSSH",
        "ecdsa, open sesame, OPENSSH",
        "ecdsa, , PEM",
        "ecdsa, open sesame, PEM",
        "rsa, , OPENSSH",
        "rsa, open sesame, OPENSSH",
        "rsa, , PEM",
        "rsa, open sesame, PEM",
    })
    void keysOfEveryKindLogIn(String type, String passphrase, String format) throws Exception {
        Path key = key(type, Optional.ofNullable(passphrase).orElse(""), format);
        server.authorize(Path.of(key + ".pub"));

        assertThat(whoami(with(SshServer.privateKey(key, Optional.ofNullable(passphrase)))))
                .isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void aWrongPassphraseIsToldBeforeConnecting() {
        Path key = key("ed25519", "open sesame", "OPENSSH");

        assertThat(failure(with(SshServer.privateKey(key, Optional.of("open barley")))))
                .hasMessage("Private key key: the passphrase is wrong. Give the key's passphrase with it.")
                .extracting(DeployFirstException::outcome)
                .isEqualTo(Outcome.USAGE);
    }

    @Test
    void aMissingPassphraseIsToldBeforeConnecting() {
        Path key = key("rsa", "open sesame", "PEM");

        assertThat(failure(with(SshServer.privateKey(key, Optional.empty()))))
                .hasMessage("Private key key has a passphrase, and none is given. Give the key's passphrase with it.");
    }

    @Test
    void aFileThatIsNoKeyIsTold() {
        Path key = directory.resolve("key");
        Tool.write(key, "not a key\n");

        assertThat(failure(with(SshServer.privateKey(key, Optional.empty()))))
                .hasMessage("Private key key cannot be read. Give a private key in OpenSSH, PEM or PuTTY format: "
                        + "Ed25519, ECDSA or RSA.");
    }

    @Test
    void aKeyThatMayNotLogInIsTold() {
        Path key = key("ed25519", "", "OPENSSH");

        assertThat(failure(with(SshServer.privateKey(key, Optional.empty()))))
                .isNotInstanceOf(UnreachableException.class)
                .hasMessageContaining("refuses the private key key for user " + System.getProperty("user.name"))
                .hasMessageContaining("authorized_keys");
    }

    @Test
    void hashedKnownHostsAreUnderstood() throws Exception {
        Path file = directory.resolve("known_hosts");
        Tool.write(file, server.knownHosts(server.port()) + "\n");
        Tool.run(directory, "ssh-keygen", "-H", "-f", file.toString());

        assertThat(Tool.read(file)).startsWith("|1|");
        assertThat(whoami(knowing(Tool.read(file)))).isNotEmpty();
    }

    @Test
    void knownHostsWithLineEndsOfWindowsCommentsAndPatternsAreUnderstood() throws Exception {
        String[] line = server.knownHosts(server.port()).split(" ", 2);

        assertThat(whoami(knowing("# ours\r\n\r\nbroken\r\n" + line[0] + " " + line[1] + "\r\n")))
                .isNotEmpty();
        assertThat(whoami(knowing("[127.0.*]:*,!example.com " + line[1] + " comment")))
                .isNotEmpty();
        assertThat(whoami(knowing("other.example.com,127.0.0.1 " + line[1]))).isNotEmpty();
        assertThat(failure(knowing("[127.0.*]:*,!" + line[0] + " " + line[1]))).hasMessageContaining("not known");
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() {
        String fingerprint = Tool.run(
                        directory,
                        "ssh-keygen",
                        "-lf",
                        server.directory().resolve("host.pub").toString())
                .split(" ")[1];

        assertThat(failure(knowing("")))
                .hasMessageContaining("the host key is not known: ssh-ed25519 " + fingerprint + ".")
                .hasMessageContaining("ssh-keyscan -p " + server.port() + " 127.0.0.1")
                .hasMessageNotContaining("\n")
                .extracting(DeployFirstException::outcome)
                .isEqualTo(Outcome.FAILED_UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void aChangedKeyIsRefusedAlsoWhereNewOnesAreAccepted(String type) {
        String other = Tool.read(Path.of(key(type, "", "OPENSSH") + ".pub"));
        String line = "[127.0.0.1]:" + server.port() + " " + other;

        assertThat(failure(knowing(line)))
                .hasMessageContaining("the host key has changed: it is now ssh-ed25519 SHA256:");
        assertThat(failure(with(new HostKeys(line, Optional.empty(), HostKeys.Policy.ACCEPT_NEW))))
                .hasMessageContaining("the host key has changed");
    }

    @Test
    void acceptNewRemembersTheKey() throws Exception {
        Path file = directory.resolve("ssh").resolve("known_hosts");
        // The last line has no end.
        Tool.write(file, "example.com ssh-ed25519 AAAA");
        HostSettings.Ssh settings = with(new HostKeys("", Optional.of(file), HostKeys.Policy.ACCEPT_NEW));

        whoami(settings);
        whoami(settings);

        assertThat(Tool.lines(file)).containsExactly("example.com ssh-ed25519 AAAA", server.knownHosts(server.port()));
        assertThat(whoami(with(new HostKeys("", Optional.of(file), HostKeys.Policy.STRICT))))
                .isNotEmpty();
        Tool.write(
                file,
                "[127.0.0.1]:" + server.port() + " " + Tool.read(Path.of(key("ed25519", "", "OPENSSH") + ".pub")));
        assertThat(failure(settings)).hasMessageContaining("changed").hasMessageContaining(file.toString());
    }

    @Test
    void aKeyThatCannotBeRememberedIsNotAccepted() {
        Path file = directory.resolve("a file").resolve("known_hosts");
        Tool.write(file.getParent(), "");

        assertThat(failure(with(new HostKeys("", Optional.of(file), HostKeys.Policy.ACCEPT_NEW))))
                .hasMessageContaining("the new host key cannot be written to " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "[127.0.0.1]:*", "127.0.0.1"})
    void aRevokedKeyIsRefusedWhateverElseIsKnown(String hosts) {
        String line = server.knownHosts(server.port());
        String revoked = "@revoked " + hosts + " " + line.split(" ", 2)[1];

        assertThat(failure(knowing(line + "\n" + revoked)))
                .hasMessageContaining("the host key is revoked: ssh-ed25519");
        assertThat(failure(knowing(revoked + "\n" + line))).hasMessageContaining("the host key is revoked");
    }

    @Test
    void aCertificateAuthorityIsNoHost() {
        String line = "@cert-authority * " + server.knownHosts(server.port()).split(" ", 2)[1];

        assertThat(failure(knowing(line))).hasMessageContaining("the host key is not known");
    }

    @Test
    void theConnectionGoesThroughAJumpHostAndNothingListensForIt() throws Exception {
        List<String> before = listeners();

        try (HostShell shell = new SshHost(through(jump.settings())).open(progress)) {
            assertThat(shell.run("ask", "report user \"$(id -un)\"", MINUTE).value("user"))
                    .isNotEmpty();
            assertThat(listeners()).isEqualTo(before);
            assertThat(jump.connections()).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void bothHostKeysOfAJumpAreChecked() {
        HostSettings.Ssh unknownJump = jump.settings();
        unknownJump = new HostSettings.Ssh(unknownJump.endpoint(), unknownJump.login(), keys(""), Optional.empty());

        assertThat(failure(through(unknownJump)))
                .hasMessageStartingWith(jump.settings().describe() + ": the host key is not known");
        HostSettings.Ssh unknownHost = knowing("");
        assertThat(failure(new HostSettings.Ssh(
                        unknownHost.endpoint(), unknownHost.login(), keys(""), Optional.of(jump.settings()))))
                .hasMessageStartingWith(server.settings().describe() + ": the host key is not known");
    }

    @Test
    void aHostThatTheJumpHostCannotReachIsTold() throws Exception {
        HostSettings.Ssh settings = server.settings(closedPort());

        assertThat(failure(new HostSettings.Ssh(
                        settings.endpoint(), settings.login(), settings.hostKeys(), Optional.of(jump.settings()))))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be reached: jump host 127.0.0.1 opens no connection to it.");
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        assertThat(failure(server.settings(closedPort())))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be reached: connection refused.");
    }

    @Test
    void aNameThatNobodyKnowsIsUnreachable() {
        HostSettings.Ssh settings = server.settings();

        assertThat(failure(new HostSettings.Ssh(
                        new Endpoint("deploy", "no-such-host.invalid", 22),
                        settings.login(),
                        settings.hostKeys(),
                        Optional.empty())))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("deploy@no-such-host.invalid:22 cannot be reached: its name is not known.");
    }

    @Test
    void aMaskedAddressIsInNoErrorAndInNothingThatIsPrinted() throws Exception {
        String user = System.getProperty("user.name");
        List<DeployFirstException> failures = new ArrayList<>();
        failures.add(failure(masked(server.settings(closedPort()))));
        failures.add(failure(masked(knowing(""))));
        failures.add(failure(masked(with(SshServer.privateKey(key("rsa", "", "OPENSSH"), Optional.empty())))));
        failures.add(failure(masked(through(jump.settings(closedPort())))));
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure.getMessage())
                        .startsWith("****")
                        .doesNotContain("127.0.0.1", user + "@", "user " + user));

        try (HostShell shell = new SshHost(masked(server.settings())).open(progress)) {
            HostShell.ScriptResult result =
                    shell.run("ask", "report at 127.0.0.1; echo I am $(id -un) at 127.0.0.1", MINUTE);
            assertThat(printed).contains("I am **** at ****");
            assertThat(result.tail()).isEqualTo("I am **** at ****");
            assertThat(result.value("at"))
                    .as("what scripts report is for the engine")
                    .isEqualTo("127.0.0.1");
        }
    }

    private static HostSettings.Ssh masked(HostSettings.Ssh ssh) {
        return new HostSettings.Ssh(
                ssh.endpoint(), ssh.login(), ssh.hostKeys(), ssh.jump().map(SshHostTest::masked), true);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (Peer peer =
                new Peer(socket -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))) {
            assertThat(failure(server.settings(peer.port())))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("no answer within 0.4 s");
        }
    }

    @Test
    void aServerThatDripsLinesForeverIsGivenUp() throws Exception {
        try (Peer peer = new Peer(socket -> {
            while (true) {
                socket.getOutputStream().write("tar\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                pause();
            }
        })) {
            assertThat(failure(server.settings(peer.port())))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("no answer within 1.5 s");
        }
    }

    @Test
    void aServerThatSpeaksAnotherLanguageIsTold() throws Exception {
        try (Peer peer = new Peer(socket -> socket.getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(failure(server.settings(peer.port()))).hasMessageContaining("is it an SSH server?");
        }
    }

    @Test
    void anAccountThatRunsNoCommandsIsToldWithWhatItSays() {
        Path home = root.resolve("home");
        for (String command : List.of("/bin/false", "echo 'This account is closed.'")) {
            try (SshServer closed = SshServer.configured(
                    directory.resolve("closed" + command.length()), home, "ForceCommand " + command)) {
                assertThatThrownBy(() -> whoami(closed.settings()))
                        .isInstanceOf(DeployFirstException.class)
                        .isNotInstanceOf(UnreachableException.class)
                        .hasMessageContaining("accepts the login but runs no commands for this user")
                        .hasMessageContaining(
                                command.startsWith("echo") ? "It says: This account is closed." : "ForceCommand");
            }
        }
    }

    @Test
    void aLoginShellThatIsNoisyIsNoTrouble() throws Exception {
        Path home = directory.resolve("home");
        Tool.write(home.resolve(".bashrc"), "echo Have a nice day; echo value end 1 0 >&2\n");
        try (SshServer noisy = SshServer.configured(
                directory.resolve("noisy"),
                home,
                "ForceCommand bash -c '. ~/.bashrc; eval \"$SSH_ORIGINAL_COMMAND\"'")) {
            assertThat(whoami(noisy.settings())).isEqualTo(System.getProperty("user.name"));
        }
        assertThat(printed).contains("Have a nice day");
    }

    @Test
    void anInterruptEndsTheConnectingAtOnce() throws Exception {
        try (Peer peer =
                new Peer(socket -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread flow = new Thread(() -> {
                try (HostShell shell = new SshHost(server.settings(peer.port())).open(progress)) {
                    end.complete(new AssertionError("connected to " + shell));
                } catch (InterruptedException | RuntimeException e) {
                    end.complete(e);
                }
            });
            flow.start();
            await().until(() -> peer.connections() == 1);
            flow.interrupt();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    private String whoami(HostSettings.Ssh settings) throws InterruptedException {
        try (HostShell shell = new SshHost(settings).open(progress)) {
            return shell.run("ask", "report user \"$(id -un)\"", MINUTE).value("user");
        }
    }

    private DeployFirstException failure(HostSettings.Ssh settings) {
        return catchThrowableOfType(DeployFirstException.class, () -> new SshHost(settings, IMPATIENT).open(progress));
    }

    private Path key(String type, String passphrase, String format) {
        Path key = directory.resolve("key");
        Tool.run(directory, "rm", "-f", "key", "key.pub");
        SshServer.key(key, type, "");
        if (format.equals("PEM") || !passphrase.isEmpty()) {
            String[] convert = {"ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase, "-f", key.toString()};
            List<String> words = new ArrayList<>(List.of(convert));
            if (format.equals("PEM")) {
                words.addAll(List.of("-m", "PEM"));
            }
            Tool.run(directory, words.toArray(String[]::new));
        }
        return key;
    }

    private static HostKeys keys(String knownHosts) {
        return new HostKeys(knownHosts, Optional.empty(), HostKeys.Policy.STRICT);
    }

    private static HostSettings.Ssh knowing(String knownHosts) {
        return with(keys(knownHosts));
    }

    private static HostSettings.Ssh with(HostKeys keys) {
        return new HostSettings.Ssh(
                server.settings().endpoint(), server.settings().login(), keys, Optional.empty());
    }

    private static HostSettings.Ssh with(SshLogin login) {
        return new HostSettings.Ssh(
                server.settings().endpoint(), login, server.settings().hostKeys(), Optional.empty());
    }

    private static HostSettings.Ssh through(HostSettings.Ssh jumpHost) {
        HostSettings.Ssh settings = server.settings();
        return new HostSettings.Ssh(settings.endpoint(), settings.login(), settings.hostKeys(), Optional.of(jumpHost));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns the sockets on which this process listens. */
    private static List<String> listeners() throws IOException {
        List<String> listening = new ArrayList<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+");
                if (words[3].equals("0A")) {
                    listening.add("socket:[" + words[9] + "]");
                }
            }
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(SshHostTest::target)
                    .filter(listening::contains)
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server on loopback that is no SSH server. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0);
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        /** What it does with a connection, before it closes it. */
        interface Talk {
            void with(Socket socket) throws IOException;
        }

        Peer(Talk talk) throws IOException {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket socket = listener.accept()) {
                            sockets.add(socket);
                            talk.with(socket);
                        } catch (java.net.SocketException e) {
                            if (listener.isClosed()) {
                                return;
                            }
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        int connections() {
            return sockets.size();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}

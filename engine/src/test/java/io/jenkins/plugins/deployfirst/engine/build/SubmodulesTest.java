package io.jenkins.plugins.deployfirst.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Brings real submodules from a real SSH server, by a key that only the flow's own agent has. */
@ExtendWith(RealHost.class)
class SubmodulesTest {
    @TempDir
    private Path root;

    private SshServer server;
    private Shop shop;

    @BeforeEach
    void start() {
        server = SshServer.start(root.resolve("sshd"), root.resolve("home"));
        shop = new Shop(root);
        Path library = root.resolve("library");
        Tool.run(root, "git", "init", "-q", "-b", "main", library.toString());
        Tool.write(library.resolve("greeting"), "Hello from the submodule");
        Tool.run(library, "git", "add", "-A");
        Tool.run(library, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qm", "First");
        String commit = Tool.run(library, "git", "rev-parse", "HEAD");
        String url = "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + server.port() + library;
        Tool.write(
                shop.workspace.resolve(".gitmodules"),
                "[submodule \"library\"]\n\tpath = backend/library\n\turl = " + url + "\n");
        shop.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",backend/library");
        shop.service("backend", "COPY library/greeting /greeting");
        shop.git("add", ".gitmodules", "backend/Dockerfile");
        shop.git("commit", "-qm", "Use the library");
        shop.tags = List.of("latest");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(shop.leftovers()).isEmpty();
        assertThat(Tool.run(root, "sh", "-c", "pgrep -f \"^ssh-agent .*$1\" || true", "sh", root.toString()))
                .isEmpty();
        shop.close();
        server.close();
    }

    private void use(Optional<SshLogin.PrivateKey> key, String knownHosts, HostKeys.Policy policy) {
        shop.submodules = Optional.of(new SubmoduleSettings(key, knownHosts, policy));
    }

    private static Optional<SshLogin.PrivateKey> key(Path file, Optional<String> passphrase) {
        return Optional.of(SshServer.privateKey(file, passphrase));
    }

    private String known() {
        return server.knownHosts(server.port());
    }

    private void assertBuilt() {
        assertThat(Tool.run(root, "docker", "run", "--rm", shop.name("backend"), "cat", "/greeting"))
                .isEqualTo("Hello from the submodule");
    }

    @Test
    void theyAreBroughtByTheKeyAndBuiltIn() throws Exception {
        use(key(server.clientKey(), Optional.empty()), known(), HostKeys.Policy.STRICT);
        shop.build();
        assertBuilt();
        assertThat(shop.told).noneMatch(line -> line.contains("PRIVATE KEY"));
    }

    @Test
    void aKeyWithAPassphraseIsUnlocked() throws Exception {
        String passphrase = "it's \"$(secret)\" ü";
        Path locked = root.resolve("locked");
        SshServer.key(locked, "ed25519", passphrase);
        server.authorize(Path.of(locked + ".pub"));
        use(key(locked, Optional.of(passphrase)), known(), HostKeys.Policy.STRICT);
        shop.build();
        assertBuilt();
    }

    @Test
    void aWrongPassphraseIsToldAndNotAskedForEver() {
        Path locked = root.resolve("locked");
        SshServer.key(locked, "ed25519", "right one");
        for (Optional<String> passphrase : List.of(Optional.of("wr0ng one"), Optional.<String>empty())) {
            use(key(locked, passphrase), known(), HostKeys.Policy.STRICT);
            assertThatThrownBy(shop::build)
                    .hasMessageStartingWith("submodules: the SSH key cannot be loaded")
                    .hasMessageContaining("passphrase")
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void whatIsNoKeyIsRefused() {
        byte[] text = "not a key".getBytes(StandardCharsets.UTF_8);
        use(Optional.of(new SshLogin.PrivateKey("git", text, Optional.empty())), known(), HostKeys.Policy.STRICT);
        assertThatThrownBy(shop::build).hasMessageStartingWith("submodules: the SSH key cannot be loaded");
    }

    @Test
    void aServerThatIsNotKnownIsRefusedUnlessNewOnesAreAccepted() throws Exception {
        String other = "other.example.com " + known().substring(known().indexOf(' ') + 1);
        use(key(server.clientKey(), Optional.empty()), other, HostKeys.Policy.STRICT);
        assertThatThrownBy(shop::build)
                .hasMessageStartingWith("The submodules cannot be brought: ")
                .hasMessageContaining("submodules.knownHosts");

        use(key(server.clientKey(), Optional.empty()), other, HostKeys.Policy.ACCEPT_NEW);
        shop.build();
        assertBuilt();
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsRefused() {
        Path strange = root.resolve("strange");
        SshServer.key(strange, "ed25519", "");
        use(key(strange, Optional.empty()), known(), HostKeys.Policy.STRICT);
        assertThatThrownBy(shop::build).hasMessageContaining("submodules.credentialsId");
    }
}

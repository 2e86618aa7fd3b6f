package io.jenkins.plugins.deployfirst.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a script, and of the lock it inherits, when the network to the host breaks or falls silent. */
@ExtendWith(RealHost.class)
class SshShellFaultsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Timing QUICK = new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20));

    @TempDir
    static Path root;

    private static SshServer server;

    @TempDir
    Path directory;

    private CuttableProxy network;

    @BeforeAll
    static void startServer() {
        server = SshServer.start(root.resolve("server"), root.resolve("home"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void startNetwork() {
        network = CuttableProxy.before(server.port());
    }

    @AfterEach
    void stopNetwork() throws Exception {
        network.close();
    }

    @Test
    void aBrokenConnectionLetsTheScriptEndWhateverItPrints() throws Exception {
        try (HostShell shell = lockedShell(server.settings(network.port()))) {
            CompletableFuture<Throwable> end = runInBackground(
                    shell,
                    "touch started; i=0; while [ $i -lt 3000 ]; do echo \"line $i\"; i=$((i+1)); done; sleep 1; "
                            + "echo more; sh -c 'echo from a child'; touch done");
            await().until(() -> Files.exists(directory.resolve("started")));
            network.cut();

            assertThat(end.get()).isInstanceOf(ConnectionLostException.class);
            assertThat(isLocked()).isTrue();
            await().atMost(MINUTE).until(() -> !isLocked());
            assertThat(directory.resolve("done")).exists();
        }
    }

    @Test
    void aShellThatIsGoneSaysSoEveryTime() throws Exception {
        try (HostShell shell = lockedShell(server.settings(network.port()))) {
            network.cut();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> shell.run("look", "true", MINUTE)).isInstanceOf(ConnectionLostException.class);
            }
        }
    }

    @Test
    void aSilentNetworkIsNoticedAtBothEndsAndFreesTheLock() throws Exception {
        try (HostShell shell = lockedShell(server.settings(network.port()))) {
            CompletableFuture<Throwable> end =
                    runInBackground(shell, "sh -c 'echo $$ > pid; touch started; exec sleep 300'");
            await().until(() -> Files.exists(directory.resolve("started")));
            network.freeze();

            assertThat(end.get())
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("no sign of life for 2 s");
            await().atMost(MINUTE).until(() -> !isLocked());
            await().until(() ->
                    !Tool.works("sh", "-c", "grep -q '^State:.[^Z]' /proc/$(cat " + directory + "/pid)/status"));
        }
    }

    @Test
    void aSilentNetworkIsNoticedWhileTheHostPrintsMoreThanTheNetworkHolds() throws Exception {
        try (HostShell shell = lockedShell(server.settings(network.port()))) {
            CompletableFuture<Throwable> end = runInBackground(shell, "touch started; yes");
            await().until(() -> Files.exists(directory.resolve("started")));
            network.freeze();

            assertThat(end.get()).isInstanceOf(ConnectionLostException.class);
            await().atMost(MINUTE).until(() -> !isLocked());
        }
    }

    @Test
    void aNetworkThatFallsSilentBehindTheJumpHostIsNoticed() throws Exception {
        HostSettings.Ssh behind = server.settings(network.port());
        HostSettings.Ssh settings = new HostSettings.Ssh(
                behind.endpoint(), behind.login(), behind.hostKeys(), Optional.of(server.settings()));
        try (HostShell shell = lockedShell(settings)) {
            CompletableFuture<Throwable> end = runInBackground(shell, "touch started; exec sleep 300");
            await().until(() -> Files.exists(directory.resolve("started")));
            network.freeze();

            assertThat(end.get()).isInstanceOf(ConnectionLostException.class).hasMessageContaining("no sign of life");
            await().atMost(MINUTE).until(() -> !isLocked());
        }
    }

    @Test
    void aScriptThatTakesLongerThanTheSilenceRunsToItsEnd() throws Exception {
        try (HostShell shell = lockedShell(server.settings(network.port()))) {
            assertThat(shell.run("long", "sleep 5; report done yes", MINUTE).value("done"))
                    .isEqualTo("yes");
        }
    }

    @Test
    void anInterruptEndsTheScriptAlsoWhenItHasJustBegunAndTheConnectionIsClosedAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            HostShell shell = lockedShell(server.settings(network.port()));
            Thread flow = new Thread(() -> {
                try (shell) {
                    shell.run("hang", "exec sleep 300", MINUTE);
                } catch (InterruptedException e) {
                    // What happens on the host is looked at below.
                }
            });
            flow.start();
            flow.interrupt();
            flow.join();

            await().atMost(MINUTE).until(() -> !isLocked());
        }
    }

    private HostShell lockedShell(HostSettings.Ssh settings) throws InterruptedException {
        HostShell shell = new SshHost(settings, QUICK).open(Progress.NONE);
        shell.hold(directory.toString());
        assertThat(shell.run("lock", "flock -n 9", MINUTE).succeeded()).isTrue();
        return shell;
    }

    private CompletableFuture<Throwable> runInBackground(HostShell shell, String script) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread flow = new Thread(() -> end.complete(catchThrowable(
                () -> shell.run("work", "cd " + Quote.word(directory.toString()) + "; " + script, MINUTE))));
        flow.setDaemon(true);
        flow.start();
        return end;
    }

    private boolean isLocked() {
        return !Tool.works("flock", "-n", directory.toString(), "true");
    }
}

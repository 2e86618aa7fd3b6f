package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @TempDir
    private Path root;

    private HostShell shell;
    private Path scratch;

    @BeforeEach
    void begin() throws Exception {
        shell = open();
        scratch = Path.of(shell.run("make", Scratch.make(), DEADLINE).value("scratch"));
        String clean = "false; cp \"$T/name\" " + root + "/cleaned; false";
        shell.atEnd(Scratch.clean(scratch.toString(), clean));
        shell.hold(scratch.toString());
        assertThat(shell.run("lock", Scratch.lock(), DEADLINE).succeeded()).isTrue();
        Files.writeString(scratch.resolve("name"), "it's");
    }

    private HostShell open() {
        return new LocalHost(Map.of("TMPDIR", root.toString())).open(Progress.NONE);
    }

    private void assertCleaned() {
        await().untilAsserted(() -> assertThat(Files.exists(scratch)).isFalse());
        assertThat(root.resolve("cleaned")).hasContent("it's");
    }

    @Test
    void theDirectoryIsForTheUserAlone() throws Exception {
        assertThat(scratch.getParent()).isEqualTo(root);
        assertThat(Files.getPosixFilePermissions(scratch)).hasSize(3);
        shell.close();
        assertCleaned();
    }

    @Test
    void whatBelongsToItIsCleanedUpAfterTheShell() {
        shell.close();
        assertCleaned();
    }

    @Test
    void theEndIsAwaited() throws Exception {
        shell.close();
        HostShell last = open();

        assertThat(last.run("end", Scratch.await(scratch.toString()), DEADLINE).succeeded())
                .isTrue();

        assertThat(Files.exists(scratch)).isFalse();
        assertThat(root.resolve("cleaned")).hasContent("it's");
        last.close();
    }
}

package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret file that is lent to a directory: what it replaces, what it never does, and what is left of it. */
@ExtendWith(RealHost.class)
class EnvFileTest {
    /** What a shell and a text tool would change: quotes, CRLF, NUL, no line end. */
    private static final byte[] SECRET = "A='1'\r\nB=\"$(touch gone)\" \\n\n\0C=ü".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NEWER = "A=2\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    private ScriptHost host;
    private Path directory;
    private String sha;

    @BeforeEach
    void start() throws Exception {
        host = new ScriptHost(root);
        Files.createDirectories(host.state());
        directory = Files.createDirectories(root.resolve("srv").resolve("it's app"));
        Tool.run(directory, "git", "init", "-q");
        Tool.write(directory.resolve("tracked.env"), "T=1");
        Tool.run(directory, "git", "add", "-A");
        String identity = "git -c user.name=Ada -c user.email=ada@example.com commit -q -m ";
        Tool.run(directory, "sh", "-c", identity + "one && git rm -q tracked.env && " + identity + "two");
        sha = Tool.run(directory, "git", "rev-parse", "HEAD~1");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void itIsTheSecretByteForByteForItsOwnerOnlyAndGoesAtTheEnd() throws Exception {
        host.succeed(write("config/app.env", SECRET, false));

        Path file = directory.resolve("config/app.env");
        assertThat(file).hasBinaryContent(SECRET);
        assertThat(Tool.run(directory, "stat", "-c", "%a", file.toString())).isEqualTo("600");

        host.succeed(EnvFile.keep(state()));
        host.succeed(EnvFile.tidy(state()));

        assertThat(file).doesNotExist();
        assertThat(host.state()).isEmptyDirectory();
        assertThat(host.output).isEmpty();
    }

    @Test
    void oneThatIsKeptIsReplacedByTheNextAndComesBackWhenThatDoesNotGoLive() throws Exception {
        goLiveWith(SECRET);
        Path file = directory.resolve("app.env");
        assertThat(file).hasBinaryContent(SECRET);

        host.succeed(write("app.env", NEWER, true));
        assertThat(file).hasBinaryContent(NEWER);
        host.succeed(EnvFile.tidy(state()));
        assertThat(file).hasBinaryContent(SECRET);

        goLiveWith(NEWER);
        host.succeed(EnvFile.tidy(state()));
        assertThat(file).hasBinaryContent(NEWER);
        assertThat(host.state())
                .isDirectoryNotContaining(path -> path.toString().endsWith("before"));
    }

    @Test
    void aFirstOneThatIsToBeKeptGoesWhenNothingGoesLiveWithIt() throws Exception {
        host.succeed(write("app.env", SECRET, true));
        host.succeed(EnvFile.tidy(state()));

        assertThat(directory.resolve("app.env")).doesNotExist();
    }

    @Test
    void oneThatWasChangedMeanwhileBelongsToWhoeverDidIt() throws Exception {
        Path file = directory.resolve("app.env");
        host.succeed(write("app.env", SECRET, false));
        Tool.write(file, "MINE=1");

        host.succeed(EnvFile.tidy(state()));
        assertThat(file).hasContent("MINE=1");
        assertThat(host.output).containsExactly(file + " was changed meanwhile, and stays.");

        assertThat(host.problemOf(write("app.env", NEWER, false))).isEqualTo("env-file-exists");
        assertThat(file).hasContent("MINE=1");
    }

    @Test
    void aRunThatWasCutOffWhileWritingLeavesNothingThatTheNextOneTakesForAnothers() throws Exception {
        goLiveWith(SECRET);
        host.program("mv", "case $* in *app.env) kill -9 $PPID; exit 1 ;; esac; exec /bin/mv \"$@\"");
        host.run(write("app.env", NEWER, true));
        assertThat(directory.resolve("app.env")).hasBinaryContent(SECRET);
        host.program("mv", "exec /bin/mv \"$@\"");

        host.succeed(EnvFile.tidy(state()));
        assertThat(directory.resolve(".deploy-first.new")).doesNotExist();
        host.succeed(write("app.env", NEWER, false));
        assertThat(directory.resolve("app.env")).hasBinaryContent(NEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine.env", "folder", "link.env", "dangling.env"})
    void whatIsThereAlreadyIsLeftAlone(String path) throws Exception {
        Tool.write(directory.resolve("mine.env"), "MINE=1");
        Files.createDirectory(directory.resolve("folder"));
        Files.createSymbolicLink(directory.resolve("link.env"), directory.resolve("mine.env"));
        Files.createSymbolicLink(directory.resolve("dangling.env"), directory.resolve("nothing"));

        assertThat(host.problemOf(write(path, SECRET, false))).isEqualTo("env-file-exists");
        assertThat(directory.resolve("mine.env")).hasContent("MINE=1");
        assertThat(host.state()).isEmptyDirectory();
    }

    @Test
    void aFileOfTheNewCommitIsNotWrittenOver() throws Exception {
        assertThat(host.problemOf(write("tracked.env", SECRET, false))).isEqualTo("env-file-tracked");
        assertThat(directory.resolve("tracked.env")).doesNotExist();
    }

    @Test
    void aLinkDoesNotLeadOutOfTheDirectory() throws Exception {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("config"), elsewhere);

        assertThat(host.problemOf(write("config/app.env", SECRET, false))).isEqualTo("env-file-outside");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFileInThePlaceOfItsFolderIsTold() throws Exception {
        Tool.write(directory.resolve("config"), "not a folder");

        assertThat(host.problemOf(write("config/app.env", SECRET, false))).isEqualTo("env-file-folder");
    }

    private void goLiveWith(byte[] content) throws Exception {
        host.succeed(write("app.env", content, true));
        host.succeed(EnvFile.keep(state()));
        host.succeed(EnvFile.tidy(state()));
    }

    private String write(String path, byte[] content, boolean keep) {
        return EnvFile.write(state(), directory.toString(), sha, path, content, keep);
    }

    private static Script state() {
        return StateFiles.with("preprod", Optional.empty());
    }
}

package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a real {@code .env} when another release goes live. */
class TagLineTest {
    private static final String ENTRY = "{\"event\":\"deploy.started\",\"tag\":\"v2\"}";

    @TempDir
    Path root;

    private ScriptHost host;
    private Path app;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        host = new ScriptHost(root);
        app = Files.createDirectories(root.resolve("it's app"));
        file = app.resolve(".env");
        Files.createDirectories(host.state());
    }

    @AfterEach
    void end() {
        host.close();
    }

    /** The file before, the tag that is read from it, and the file with the tag v2 in it; R and N stand for CR and LF. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "IMAGE_TAG=v1N                           ! v1    ! IMAGE_TAG=v2N",
                "A=1NIMAGE_TAG=v1NB=2N                   ! v1    ! A=1NIMAGE_TAG=v2NB=2N",
                "A=1NIMAGE_TAG=v1                        ! v1    ! A=1NIMAGE_TAG=v2",
                "A=1                                     ! ''    ! A=1NIMAGE_TAG=v2N",
                "A=1N                                    ! ''    ! A=1NIMAGE_TAG=v2N",
                "''                                      ! ''    ! IMAGE_TAG=v2N",
                "A=1RNIMAGE_TAG=v1RNB=2RN                ! v1    ! A=1RNIMAGE_TAG=v2RNB=2RN",
                "A=1RNB=2RN                              ! ''    ! A=1RNB=2RNIMAGE_TAG=v2RN",
                "A=1RNB=2                                ! ''    ! A=1RNB=2RNIMAGE_TAG=v2RN",
                "IMAGE_TAG=\"v1\"N                       ! v1    ! IMAGE_TAG=v2N",
                "IMAGE_TAG='v1' # liveN                  ! v1    ! IMAGE_TAG=v2 # liveN",
                "IMAGE_TAG=v1 # liveRN                   ! v1    ! IMAGE_TAG=v2 # liveRN",
                "export IMAGE_TAG=v1N                    ! v1    ! export IMAGE_TAG=v2N",
                "IMAGE_TAG = v1N                         ! v1    ! IMAGE_TAG = v2N",
                "IMAGE_TAG=N                             ! ''    ! IMAGE_TAG=v2N",
                "#IMAGE_TAG=v0NIMAGE_TAG=v1N             ! v1    ! #IMAGE_TAG=v0NIMAGE_TAG=v2N",
                "IMAGE_TAG=v0NIMAGE_TAG=v1NA=ü\\n$(id)N  ! v1    ! IMAGE_TAG=v0NIMAGE_TAG=v2NA=ü\\n$(id)N",
                "IMAGE_TAGS=v1NMY_IMAGE_TAG=v1N          ! ''    ! IMAGE_TAGS=v1NMY_IMAGE_TAG=v1NIMAGE_TAG=v2N"
            })
    void onlyTheTagChangesAndItIsReadAsComposeReadsIt(String before, String tag, String after) throws Exception {
        write(file, text(before));

        assertThat(read()).isEqualTo(tag);
        host.succeed(replace("v2", ENTRY));

        assertThat(file).hasBinaryContent(text(after).getBytes(StandardCharsets.UTF_8));
        assertThat(read()).isEqualTo("v2");
        assertThat(Tool.read(host.state().resolve("journal.jsonl"))).isEqualTo(ENTRY);
        assertThat(Tool.run(app, "ls", "-A")).isEqualTo(".env");
    }

    /** Compose and its own reader of the file must agree with what is read here; the last word is compose's. */
    @Test
    void composeReadsTheSame() throws Exception {
        write(file, "IMAGE_TAG=v0\r\nexport IMAGE_TAG = \"v1\" # live\r\nB=2\r\n");
        Tool.write(app.resolve("docker-compose.yml"), "version: '2.4'\nservices: {web: {image: 'x:${IMAGE_TAG}'}}\n");

        assertThat(Tool.run(app, "docker-compose", "config")).contains("image: x:" + read());
        host.succeed(replace("v2", ENTRY));
        assertThat(Tool.run(app, "docker-compose", "config")).contains("image: x:v2");
    }

    @Test
    void aFileThatIsNotThereIsMadeAndCanBeReadByOthers() throws Exception {
        assertThat(read()).isEmpty();

        host.succeed(replace("v2", ENTRY));

        assertThat(file).hasContent("IMAGE_TAG=v2\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void withoutATagTheLineIsTakenOutAndNothingElse() throws Exception {
        write(file, "A=1\nIMAGE_TAG=v1\nB=2");

        host.succeed(replace("", ""));

        assertThat(file).hasBinaryContent("A=1\nB=2".getBytes(StandardCharsets.UTF_8));
        assertThat(host.state().resolve("journal.jsonl")).doesNotExist();

        Files.delete(file);
        host.succeed(replace("", ""));
        assertThat(app).isEmptyDirectory();
    }

    @Test
    void aLinkAndTheModeOfItsFileAreKept() throws Exception {
        Path shared = root.resolve("shared.env");
        write(shared, "IMAGE_TAG=v1\nSECRET=1\n");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(file, shared);

        host.succeed(replace("v2", ENTRY));

        assertThat(file).isSymbolicLink();
        assertThat(shared).hasContent("IMAGE_TAG=v2\nSECRET=1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whereItCannotBeWrittenNothingIsJournaled() throws Exception {
        Files.createDirectory(file);
        assertThat(host.problemOf(replace("v2", ENTRY))).isEqualTo("env-not-writable");
        Files.delete(file);
        Files.createSymbolicLink(file, root.resolve("nowhere/at/all"));
        assertThat(host.problemOf(replace("v2", ENTRY))).isEqualTo("env-not-writable");

        assertThat(host.state().resolve("journal.jsonl")).doesNotExist();
    }

    @Test
    void aDiskThatIsFullLeavesTheFileAsItIs() throws Exception {
        write(file, "A=1\nIMAGE_TAG=v1\n");

        String full = "head() { echo 'head: write error: No space left on device' >&2; return 1; }\n";

        assertThat(host.problemOf(full + replace("v2", ENTRY))).isEqualTo("env-not-writable");
        assertThat(file).hasContent("A=1\nIMAGE_TAG=v1\n");
        assertThat(Tool.run(app, "ls", "-A")).isEqualTo(".env");
        assertThat(host.state().resolve("journal.jsonl")).doesNotExist();
    }

    @Test
    void aPersonTypesTheSame() {
        write(file, "IMAGE_TAG=v1\nB=2\n");

        Tool.run(app, "sh", "-c", TagLine.byHand("IMAGE_TAG", "v2"));

        assertThat(file).hasContent("IMAGE_TAG=v2\nB=2\n");
    }

    private String read() throws InterruptedException {
        return host.succeed(state().set("DIR", app.toString()).then(TagLine.live("IMAGE_TAG")))
                .value("tag");
    }

    private String replace(String tag, String entry) {
        return TagLine.replace(state(), app.toString(), "IMAGE_TAG", tag, entry);
    }

    private static Script state() {
        return StateFiles.with("preprod", Optional.empty());
    }

    private static String text(String shown) {
        return shown.replace('R', '\r').replace('N', '\n');
    }

    private static void write(Path file, String text) {
        Tool.write(file, text);
    }
}

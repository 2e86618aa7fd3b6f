package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Deployments to a host with a full disk, damaged files, or commands that take forever. */
class BrokenHostTest extends OnPreprod {
    @Test
    void aFullDiskIsToldBeforeAnythingIsTouched() throws Exception {
        String next = preprod.stack.release("roomy");
        try (SmallDisk disk = new SmallDisk(preprod.stack.stateDirectory())) {
            preprod.deploy(next);
            String journal = Tool.read(preprod.stack.journal());
            String more = preprod.stack.release("no room");
            disk.fill();

            assertThat(failure(preprod.environment(), more))
                    .hasMessageContaining("The state on ")
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("Check the free disk space")
                    .extracting(DeployFirstException::outcome)
                    .isEqualTo(Outcome.FAILED_UNCHANGED);
            assertThat(preprod.stack.live()).isEqualTo(next);
            assertThat(Tool.read(preprod.stack.journal())).isEqualTo(journal);

            disk.makeRoom();
            assertThat(preprod.deploy(more).outcome()).isEqualTo(Outcome.DONE);
            assertThat(Tool.lines(preprod.stack.journal())).hasSize(4);
        }
    }

    @Test
    void localChangesThatCannotBeSavedAreNotLost() throws Exception {
        String next = preprod.stack.release("next");
        StringBuilder text = new StringBuilder();
        new Random(1).ints(100_000, 'a', 'z').forEach(c -> text.append((char) c));
        try (SmallDisk disk = new SmallDisk(preprod.stack.stateDirectory())) {
            Tool.write(preprod.stack.checkout().resolve("index.html"), text.toString());

            DeployResult result = preprod.deploy(next);

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
            assertThat(result.error()).contains("cannot be written").contains("saved/");
            assertThat(preprod.stack.live()).isEqualTo(preprod.first());
            assertThat(Tool.read(preprod.stack.checkout().resolve("index.html")))
                    .isEqualTo(text.toString());
            assertThat(preprod.events()).containsExactly("deploy.failed");
        }
    }

    @Test
    void aFileInTheWayOfTheStateDirectoryIsTold() {
        Tool.write(preprod.stack.stateDirectory(), "in the way");

        assertThat(failure(preprod.environment(), preprod.stack.release("next")))
                .hasMessageContaining("cannot be written: " + preprod.stack.stateDirectory() + ".");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
    }

    @Test
    void aJournalThatIsDamagedStillTellsWhatItCan() throws Exception {
        String good = preprod.stack.release("good");
        preprod.deploy(good);
        // What power that fails leaves behind, and a line that was cut off in the middle of a character.
        Files.write(
                preprod.stack.journal(),
                "\0\0\0\0\377\376 {\"event\":\"deploy.star\303".getBytes(StandardCharsets.ISO_8859_1),
                StandardOpenOption.APPEND);
        String bad = preprod.stack.commit("Break it", java.util.Map.of("index.html", "Broken"));

        DeployResult result = preprod.deploy(bad);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBackTo()).isEqualTo(preprod.first());
        assertThat(Tool.run(
                        preprod.stack.stateDirectory(), "sh", "-c", "grep -a -c '^{.*}$' " + preprod.stack.journal()))
                .isEqualTo("5");
        assertThat(failure(preprod.environment(), bad)).hasMessageContaining("was rolled back");
    }

    @Test
    void aJournalThatIsHugeOrHasNoLineEndFloodsNobody() throws Exception {
        preprod.deploy(preprod.stack.release("before"));
        String line = "{\"event\":\"not-validated\",\"sha\":\"" + preprod.first() + "\"}\n";
        byte[] lines = line.repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 70; i++) {
            Files.write(preprod.stack.journal(), lines, StandardOpenOption.APPEND);
        }
        byte[] garbage = new byte[4_000_000];
        new Random(1).nextBytes(garbage);
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = garbage[i] == '\n' ? 0 : garbage[i];
        }
        Files.write(preprod.stack.journal(), garbage, StandardOpenOption.APPEND);
        assertThat(Files.size(preprod.stack.journal())).isGreaterThan(50_000_000);

        String sha = preprod.stack.release("after");
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
        assertThat(String.join("", preprod.output).length()).isLessThan(10_000);
        assertThat(preprod.flows().history(10))
                .extracting(entry -> entry.get("event"))
                .endsWith("deploy.started", "deploy.succeeded");
    }

    @Test
    void aLockOfGitIsRespectedUnlessTheLastRunDied() throws Exception {
        String sha = preprod.stack.release("locked out");
        Path lock = preprod.stack.checkout().resolve(".git/index.lock");
        Tool.write(lock, "");

        DeployResult refused = preprod.deploy(sha);
        assertThat(refused.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(refused.error()).contains("Another git process works in the checkout: " + lock + " exists.");
        assertThat(lock).exists();
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());

        String started = Tool.lines(preprod.stack.journal()).get(0);
        assertThat(started).contains("deploy.started");
        Tool.write(preprod.stack.journal(), started + "\n");
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lock).doesNotExist();
    }

    @Test
    void aMigrationThatTakesForeverIsEndedAndUndone() throws Exception {
        Environment environment = preprod.with(difference -> {
            difference.migrate("trap '' TERM; sleep 300", "");
            difference.commandTimeout = Duration.ofSeconds(6);
        });
        String sha = preprod.stack.release("slow");

        DeployResult result = preprod.deploy(environment, sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .contains("\"migrate\" on ")
                .contains("did not end within its deadline and was stopped");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.failed");
        assertThat(preprod.host("docker ps -q --filter label=com.docker.compose.oneoff=True --filter"
                        + " label=com.docker.compose.project=" + preprod.stack.project()))
                .isEmpty();
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void aStartThatTakesForeverIsEndedAndTakenBack() throws Exception {
        Environment environment = preprod.with(difference -> difference.commandTimeout = Duration.ofSeconds(8));
        String sha = preprod.commitCompose(
                file -> file.replace("depends_on: [worker]", "depends_on: {worker: {condition: service_healthy}}")
                        .replace(
                                "command: [\"sleep\", \"100000\"]",
                                "command: [\"sleep\", \"100000\"]\n"
                                        + "    healthcheck: {test: [\"CMD\", \"false\"], interval: 1s, retries: 1000}"));

        DeployResult result = preprod.deploy(environment, sha);

        assertThat(result.error())
                .contains("was taken back: \"compose up\" on ")
                .contains("did not end within its deadline");
        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(preprod.isFree()).isTrue();
    }

    private static DeployFirstException failure(Environment environment, String sha) {
        return catchThrowableOfType(DeployFirstException.class, () -> preprod.deploy(environment, sha));
    }

    /** A directory on a file system of its own with room for 64 KiB. */
    private record SmallDisk(Path directory) implements AutoCloseable {
        SmallDisk {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            boolean mounted = Tool.works("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
            if (!mounted) {
                System.out.println("Not run: a full disk needs the right to mount a small one.");
            }
            assumeTrue(mounted, "mounting is not permitted");
        }

        void fill() {
            Tool.works("dd", "if=/dev/zero", "of=" + directory.resolve("filler"), "bs=1k");
        }

        void makeRoom() throws IOException {
            Files.delete(directory.resolve("filler"));
        }

        @Override
        public void close() {
            Tool.run(Path.of("/"), "umount", directory.toString());
        }
    }
}

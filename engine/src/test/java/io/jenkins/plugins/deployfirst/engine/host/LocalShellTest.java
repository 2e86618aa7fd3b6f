package io.jenkins.plugins.deployfirst.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell protocol, spoken with a real shell on this machine. */
class LocalShellTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void output(String line) {
            printed.add(line);
        }
    };

    @TempDir
    Path directory;

    @Test
    void aScriptTellsItsValuesAndItsOutputIsStreamed() throws Exception {
        try (HostShell shell = new LocalHost().open(progress)) {
            var result =
                    shell.run("look", "echo out; echo err >&2; report name 'a b'\nreport name \"  it's\\n\"", MINUTE);

            assertThat(result.succeeded()).isTrue();
            assertThat(result.value("name")).isEqualTo("a b\n  it's\\n");
            assertThat(printed).containsExactly("out", "err");
            assertThat(result.tail()).isEqualTo("out\nerr");
        }
    }

    @Test
    void aFailingCommandEndsItsScriptWithItsStatusAndNotTheShell() throws Exception {
        try (HostShell shell = new LocalHost().open(progress)) {
            assertThat(shell.run("fail", "sh -c 'exit 7'; echo never", MINUTE).exitStatus())
                    .isEqualTo(7);
            assertThat(shell.run("unset", "echo \"$nothing_such\"", MINUTE).succeeded())
                    .isFalse();
            assertThat(shell.run("go on", "printf 'no line end'; report done yes", MINUTE)
                            .value("done"))
                    .isEqualTo("yes");
            assertThat(printed).contains("no line end").doesNotContain("never");
        }
    }

    @Test
    void linesOfAnyKindComeThrough() throws Exception {
        String awkward = "$HOME `id` \\n 'single' \"double\" # % ü € \t end";
        try (HostShell shell = new LocalHost().open(progress)) {
            var result = shell.run(
                    "quote",
                    "v=" + Quote.word(awkward)
                            + "\nreport v \"$v\"\nprintf 'a\\nb\\n\\nc' | report_lines lines\nreport empty ''",
                    MINUTE);

            assertThat(result.value("v")).isEqualTo(awkward);
            assertThat(result.value("lines")).isEqualTo("a\nb\n\nc");
            assertThat(result.values()).containsEntry("empty", "");
        }
    }

    @Test
    void noOtherUserCanReadAScriptAmongTheArgumentsOfProcesses() throws Exception {
        try (HostShell shell = new LocalHost().open(progress)) {
            var result = shell.run(
                    "look",
                    "word=only-in-this-script; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | report_lines all",
                    MINUTE);

            assertThat(result.value("all")).isNotEmpty().doesNotContain("only-in-this-script");
        }
    }

    @Test
    void aScriptReadsNothingOfTheProtocol() throws Exception {
        try (HostShell shell = new LocalHost().open(progress)) {
            assertThat(shell.run("read", "cat; report read all", MINUTE).value("read"))
                    .isEqualTo("all");
            assertThat(shell.run("next", "report still there", MINUTE).value("still"))
                    .isEqualTo("there");
        }
    }

    @Test
    void theDeadlineEndsTheScriptWithEverythingItStarted() throws Exception {
        Path pid = directory.resolve("pid");
        try (HostShell shell = new LocalHost().open(progress)) {
            var result =
                    shell.run("hang", "sh -c 'echo $$ > " + pid + "; exec sleep 300' & wait", Duration.ofSeconds(1));

            assertThat(result.exitStatus()).isEqualTo(HostShell.DEADLINE_PASSED);
            await().until(() -> !isAlive(pid));
            assertThat(shell.run("go on", "true", MINUTE).succeeded()).isTrue();
        }
    }

    @Test
    void aScriptThatIgnoresTermIsKilledAtItsDeadline() throws Exception {
        Path pid = directory.resolve("pid");
        try (HostShell shell = new LocalHost().open(progress)) {
            var result = shell.run(
                    "stubborn",
                    "sh -c 'trap \"\" TERM; echo $$ > " + pid + "; while :; do sleep 1; done'",
                    Duration.ofSeconds(1));

            assertThat(result.exitStatus()).isEqualTo(HostShell.DEADLINE_PASSED);
            await().until(() -> !isAlive(pid));
        }
    }

    @Test
    void anInterruptedFlowEndsTheScriptOnTheHost() throws Exception {
        Path pid = directory.resolve("pid");
        HostShell shell = new LocalHost().open(progress);
        Thread flow = new Thread(() -> assertThatThrownBy(
                        () -> shell.run("hang", "sh -c 'echo $$ > " + pid + "; exec sleep 300'", MINUTE))
                .isInstanceOf(InterruptedException.class));
        flow.start();
        await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
        flow.interrupt();
        flow.join();
        shell.close();

        await().until(() -> !isAlive(pid));
    }

    @Test
    void aCutConnectionLetsTheScriptInFlightEndAndTheLockWithIt() throws Exception {
        Path done = directory.resolve("done");
        Path started = directory.resolve("started");
        HostShell shell = new LocalHost().open(progress);
        shell.hold(directory.toString());
        assertThat(shell.run("lock", "flock -n 9", MINUTE).succeeded()).isTrue();
        Thread flow = new Thread(() -> {
            try {
                shell.run(
                        "work",
                        "touch " + started + "; for i in 1 2 3 4; do echo $i; sleep 0.3; done; touch " + done,
                        MINUTE);
            } catch (InterruptedException | ConnectionLostException e) {
                // What happens on the host is looked at below.
            }
        });
        flow.start();
        await().until(() -> Files.exists(started));
        shell.close();

        assertThat(isLocked()).isTrue();
        await().atMost(MINUTE).until(() -> !isLocked());
        assertThat(done).exists();
        flow.join();
    }

    @Test
    void aSecondShellIsKeptOutByTheLockOfTheFirst() throws Exception {
        try (HostShell first = new LocalHost().open(progress);
                HostShell second = new LocalHost().open(progress)) {
            first.hold(directory.toString());
            second.hold(directory.toString());
            assertThat(first.run("lock", "flock -n 9", MINUTE).succeeded()).isTrue();
            assertThat(second.run("lock", "flock -n 9", MINUTE).succeeded()).isFalse();
            first.close();
            assertThat(second.run("lock", "flock -w 20 9", MINUTE).succeeded()).isTrue();
        }
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneBeforeTheLockGoes() throws Exception {
        Path left = directory.resolve("left");
        HostShell shell = new LocalHost().open(progress);
        shell.hold(directory.toString());
        shell.atEnd("echo never > " + left);
        shell.atEnd("report nothing special; flock -n 9 && echo held > " + left);
        assertThat(shell.run("lock", "flock -n 9; report word in-the-way", MINUTE)
                        .succeeded())
                .isTrue();
        assertThat(left).doesNotExist();
        shell.close();

        await().atMost(MINUTE).until(() -> !isLocked());
        assertThat(left).hasContent("held");
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneWhenTheFlowIsAborted() throws Exception {
        Path left = directory.resolve("left");
        Path pid = directory.resolve("pid");
        HostShell shell = new LocalHost().open(progress);
        shell.atEnd("rm " + pid + "; touch " + left);
        Thread flow = new Thread(() -> assertThatThrownBy(
                        () -> shell.run("hang", "sh -c 'echo $$ > " + pid + "; exec sleep 300'", MINUTE))
                .isInstanceOf(InterruptedException.class));
        flow.start();
        await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
        flow.interrupt();
        flow.join();

        await().atMost(MINUTE).until(() -> Files.exists(left));
        assertThat(pid).doesNotExist();
        shell.close();
    }

    @Test
    void whatNeedsNotBeDoneAnyMoreIsNotDone() throws Exception {
        Path left = directory.resolve("left");
        HostShell shell = new LocalHost().open(progress);
        shell.hold(directory.toString());
        shell.atEnd("touch " + left);
        shell.atEnd("");
        assertThat(shell.run("lock", "flock -n 9", MINUTE).succeeded()).isTrue();
        shell.close();

        await().atMost(MINUTE).until(() -> !isLocked());
        assertThat(left).doesNotExist();
    }

    @Test
    void hugeOutputIsStreamedAndKeptBounded() throws Exception {
        try (HostShell shell = new LocalHost().open(progress)) {
            var result = shell.run(
                    "flood",
                    "i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done; head -c 3000000 /dev/zero | tr '\\0' x",
                    MINUTE);

            assertThat(result.succeeded()).isTrue();
            assertThat(printed).contains("line 19999");
            assertThat(result.tail().length()).isLessThan(20_000);
        }
    }

    private boolean isLocked() throws Exception {
        return new ProcessBuilder("flock", "-n", directory.toString(), "true")
                        .start()
                        .waitFor()
                != 0;
    }

    private static boolean isAlive(Path pidFile) throws Exception {
        String pid = Files.readString(pidFile).strip();
        return !pid.isEmpty()
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }
}

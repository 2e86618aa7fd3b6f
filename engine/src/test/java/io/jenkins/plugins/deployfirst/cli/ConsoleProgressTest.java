package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final String CLEAR = "\r\u001B[K";

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutATerminalEveryEventIsAPlainLineWithTheElapsedTime() {
        ConsoleProgress progress = progress(false, false);

        progress.phaseStarted("fetch");
        pass(1234);
        progress.output("From example.com:owner/repo");
        progress.phaseEnded("fetch", Duration.ofMillis(1234), "");
        progress.info("the compose file changed: restart becomes up -d");
        progress.warn("uncommitted changes are saved in saved/7.patch");
        pass(8766);
        progress.phaseStarted("restart");
        progress.phaseEnded("restart", Duration.ofMillis(60_500), "exit status 1");
        progress.tick();
        progress.end();

        assertThat(shown().lines())
                .containsExactly(
                        "[  0.0 s] fetch …",
                        "           | From example.com:owner/repo",
                        "[  1.2 s] ✓ fetch  1.2 s",
                        "[  1.2 s] the compose file changed: restart becomes up -d",
                        "[  1.2 s] warning: uncommitted changes are saved in saved/7.patch",
                        "[ 10.0 s] restart …",
                        "[ 10.0 s] ✗ restart  1 min 1 s  exit status 1");
    }

    @Test
    void onATerminalTheRunningPhaseShowsItsTimeInPlace() {
        ConsoleProgress progress = progress(true, false);

        progress.phaseStarted("restart");
        pass(300);
        progress.tick();
        progress.output("Restarting web");
        pass(400);
        progress.phaseEnded("restart", Duration.ofMillis(700), "");
        progress.tick();

        assertThat(shown())
                .isEqualTo(CLEAR + "[  0.0 s] restart … 0.0 s"
                        + CLEAR + "[  0.3 s] restart … 0.3 s"
                        + CLEAR + "           | Restarting web" + System.lineSeparator()
                        + CLEAR + "[  0.3 s] restart … 0.3 s"
                        + CLEAR + "[  0.7 s] ✓ restart  0.7 s" + System.lineSeparator());
    }

    @Test
    void aPhaseThatIsStillRunningAtTheEndLeavesNoRemains() {
        ConsoleProgress progress = progress(true, false);

        progress.phaseStarted("restart");
        progress.end();
        progress.tick();

        assertThat(shown()).isEqualTo(CLEAR + "[  0.0 s] restart … 0.0 s" + CLEAR);
    }

    @Test
    void aLongReasonIsCutBecauseTheErrorTellsAllOfIt() {
        progress(false, false).phaseEnded("connect", Duration.ofMillis(100), "no ".repeat(100));

        assertThat(shown().strip()).hasSizeLessThan(160).endsWith("no…");
    }

    @Test
    void coloursMarkWhatWentWellAndWhatDidNot() {
        ConsoleProgress progress = progress(false, true);

        progress.phaseEnded("fetch", Duration.ofMillis(100), "");
        progress.phaseEnded("restart", Duration.ofMillis(100), "exit status 1");
        progress.output("dim");

        assertThat(shown().lines())
                .containsExactly(
                        "\u001B[2m[  0.0 s] \u001B[0m\u001B[32m✓ \u001B[0mfetch\u001B[2m  0.1 s\u001B[0m",
                        "\u001B[2m[  0.0 s] \u001B[0m\u001B[31m✗ restart\u001B[0m\u001B[2m  0.1 s\u001B[0m"
                                + "  exit status 1",
                        "           \u001B[2m| dim\u001B[0m");
    }

    @Test
    void whatTheHostPrintsCannotForgeLinesOrColours() {
        ConsoleProgress progress = progress(false, false);

        progress.output("\u001B]0;owned\u0007\u001B[31mred\u001B[0m\u001B[2K");
        progress.output("");
        progress.output("\u001B[2K");
        progress.info("one\ntwo");

        assertThat(shown().lines()).containsExactly("           | red", "[  0.0 s] one two");
    }

    private ConsoleProgress progress(boolean terminal, boolean colours) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new ConsoleProgress(stream, terminal, new Palette(colours), nanos::get);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.deployfirst.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogProgressTest {
    private static final String ESC = "\u001B";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final LogProgress progress = new LogProgress(listener());

    private StreamTaskListener listener() {
        return new StreamTaskListener(log, StandardCharsets.UTF_8);
    }

    private String text() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void phasesAreToldWithTheElapsedTime() {
        progress.phaseStarted("fetch");
        progress.phaseEnded("fetch", Duration.ofMillis(812), "");
        progress.phaseEnded("gate", Duration.ofSeconds(42), "HTTP 500");

        assertThat(text().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\[ {3}\\d\\.\\d s]  fetch …"),
                        line -> assertThat(line).endsWith(" s]  ✓ fetch  0.8 s"),
                        line -> assertThat(line).endsWith(" s]  ✗ gate  42 s  HTTP 500"));
    }

    @Test
    void theTimeOfWhatHasBeenGoingOnCounts() {
        new LogProgress(listener(), Duration.ofMinutes(20)).info("again");

        assertThat(text()).matches("\\[1200\\.\\d s]  again\\R");
    }

    @Test
    void warningsAreMarked() {
        progress.warn("careful");

        assertThat(text()).endsWith(" s]  warning: careful" + System.lineSeparator());
    }

    static Stream<Arguments> printed() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("  indented", "  indented"),
                Arguments.of("a\tb", "a    b"),
                Arguments.of("10 %\r50 %\r100 %", "100 %"),
                Arguments.of("done\r\r", "done"),
                Arguments.of(ESC + "[1;31mred" + ESC + "[0m text", "red text"),
                Arguments.of(ESC + "[2K" + ESC + "[1Gagain", "again"),
                Arguments.of(ESC + "]0;title\u0007shell", "shell"),
                Arguments.of(ESC + "]8;;http://x" + ESC + "\\link" + ESC + "]8;;" + ESC + "\\", "link"),
                Arguments.of("bell\u0007, right to left \u202Etxt", "bell?, right to left ?txt"));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void whatTheHostPrintsCannotSteerATerminal(String printed, String shown) {
        progress.output(printed);

        assertThat(text()).isEqualTo("            | " + shown + System.lineSeparator());
    }

    @Test
    void whatTheHostPrintsIsNoNoteOfJenkins() {
        progress.output(ESC + "[8mha:////AAAA" + ESC + "[0mclick");
        progress.info(ESC + "[8mha:////AAAA" + ESC + "[0mclick");

        assertThat(text()).doesNotContain(ESC).contains("| ha:////AAAAclick");
    }

    @Test
    void anEmptyLineIsLeftOutAndALongOneCut() {
        progress.output(" \t ");
        progress.output(ESC + "[0m");
        assertThat(text()).isEmpty();

        progress.output("x".repeat(5000));
        assertThat(text())
                .hasSize("            | ".length()
                        + 2000
                        + System.lineSeparator().length());
    }

    @Test
    void whatOthersWriteStaysInOneLine() {
        progress.warn("one\ntwo\r\nFinished: SUCCESS");

        assertThat(text()).endsWith("warning: one two Finished: SUCCESS" + System.lineSeparator());
    }
}

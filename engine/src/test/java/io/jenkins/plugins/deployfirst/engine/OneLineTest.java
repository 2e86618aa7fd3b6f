package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void plainTextStaysAsItIs() {
        assertThat(OneLine.of("Größe: 3 €, 日本", 40)).isEqualTo("Größe: 3 €, 日本");
    }

    @Test
    void linesAndRunsOfSpaceBecomeOneSpace() {
        assertThat(OneLine.of("  a\r\n\t b\u2028c\u00a0 d ", 40)).isEqualTo("a b c d");
    }

    @Test
    void whatSteersATerminalOrReordersTheLineIsLeftOut() {
        assertThat(OneLine.of("a\u001b[31mb\u0007\u202ec\u200bd\u0000", 40)).isEqualTo("a[31mbcd");
    }

    @Test
    void longTextIsCutToTheLengthAndMarked() {
        assertThat(OneLine.of("x".repeat(100), 10))
                .isEqualTo("x".repeat(9) + "…")
                .hasSize(10);
        assertThat(OneLine.of("x".repeat(10), 10)).isEqualTo("x".repeat(10));
    }

    @Test
    void textThatIsShortOnlyWithoutItsSpacesIsStillMarkedWhenCut() {
        assertThat(OneLine.of("x" + " ".repeat(1000) + "y", 10)).isEqualTo("x…");
    }

    @Test
    void surrogatePairsAreNeverCutInTwo() {
        assertThat(OneLine.of("😀".repeat(10), 6)).isEqualTo("😀😀…");
        assertThat(OneLine.cut("a😀", 2)).isEqualTo("a");
        assertThat(OneLine.cut("a😀", 3)).isEqualTo("a😀");
        assertThat(OneLine.cut("😀", 0)).isEmpty();
    }

    @Test
    void loneSurrogatesAreLeftOut() {
        assertThat(OneLine.of("a\ud83d b", 10)).isEqualTo("a b");
    }
}

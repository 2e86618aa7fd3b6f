package io.jenkins.plugins.deployfirst.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalEntryTest {
    private static final String LINE =
            "{\"time\":\"2026-03-04T05:06:07Z\",\"event\":\"validated\",\"sha\":\"abcd\",\"by\":\"ada\"}";

    @Test
    void anEntryBeginsWithItsTimeAndEvent() {
        Instant before = Instant.now();

        JournalEntry entry =
                JournalEntry.now(Event.DEPLOY_STARTED, "ada", "https://ci/1").with("sha", "abcd");

        assertThat(entry.fields().keySet()).containsExactly("time", "event", "by", "build", "sha");
        assertThat(Instant.parse(entry.get("time"))).isBetween(before.minusMillis(1), Instant.now());
        assertThat(entry.is(Event.DEPLOY_STARTED)).isTrue();
        assertThat(entry.is(Event.DEPLOY_FAILED)).isFalse();
    }

    @Test
    void anEmptyValueAddsNothing() {
        assertThat(JournalEntry.now(Event.VALIDATED, "", "").with("sha", "").fields())
                .containsOnlyKeys("time", "event");
    }

    @Test
    void aVeryLongValueIsCut() {
        String reason = "x".repeat(1_000_000);

        assertThat(JournalEntry.now(Event.VALIDATED, "ada", "")
                        .with("reason", reason)
                        .get("reason"))
                .hasSize(2001)
                .endsWith("x…");
        assertThat(JournalEntry.now(Event.VALIDATED, "ada", "")
                        .with("reason", "x".repeat(2000))
                        .get("reason"))
                .hasSize(2000);
    }

    @Test
    void anEmojiIsNotCutInTwo() {
        String reason = "x".repeat(1999) + "🚀🚀";

        assertThat(JournalEntry.now(Event.VALIDATED, "ada", "")
                        .with("reason", reason)
                        .get("reason"))
                .isEqualTo("x".repeat(1999) + "…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's \"quoted\"", "two\nlines\r\n", "back\\slash", "Grüße 🚀", "\u0000\u001b[31m", "\u2028"})
    void anEntryIsOneLineAndReadAsItWasWritten(String reason) {
        JournalEntry written = JournalEntry.now(Event.VALIDATED, "ada", "").with("reason", reason);

        assertThat(written.toJson().lines()).hasSize(1);
        assertThat(JournalEntry.parseAll(written.toJson())).containsExactly(written);
    }

    @Test
    void aLineIsReadInTheOrderOfItsFields() {
        assertThat(JournalEntry.parse(LINE).orElseThrow().fields())
                .containsExactly(
                        entry("time", "2026-03-04T05:06:07Z"),
                        entry("event", "validated"),
                        entry("sha", "abcd"),
                        entry("by", "ada"));
    }

    @Test
    void whatIsMissingIsEmpty() {
        JournalEntry entry = JournalEntry.parse("{\"event\":\"validated\"}").orElseThrow();

        assertThat(entry.sha()).isEmpty();
        assertThat(entry.get("reason")).isEmpty();
    }

    @Test
    void valuesOfOtherKindsAreReadAsText() {
        assertThat(JournalEntry.parse("{\"event\":\"validated\",\"n\":1,\"b\":true,\"o\":{\"a\":[1]}}")
                        .orElseThrow()
                        .fields())
                .isEqualTo(Map.of("event", "validated", "n", "1", "b", "true", "o", "{a=[1]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"event\":\"valid",
                "{\"event\":\"validated\"",
                "{\"event\":1}",
                "{\"event\":null}",
                "{}",
                "[]",
                "null",
                "\"event\"",
                "event: validated",
                "\0\0\0",
                "\0\0{\"event\":\"validated\"}"
            })
    void whatIsNoEntryIsLeftOut(String line) {
        assertThat(JournalEntry.parse(line)).isEmpty();
        assertThat(JournalEntry.parseAll(LINE + "\n" + line + "\n" + LINE)).hasSize(2);
    }

    @Test
    void aTornLastLineCostsOnlyItself() {
        assertThat(JournalEntry.parseAll(LINE + "\n" + LINE.substring(0, 40))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n", "\r"})
    void linesMayEndInAnyWay(String end) {
        assertThat(JournalEntry.parseAll(LINE + end + LINE + end))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.get("by")).isEqualTo("ada"));
    }

    @Test
    void aVeryLongLineIsReadAndOneThatWasCutIsLeftOut() {
        String line = "{\"event\":\"validated\",\"reason\":\"" + "x".repeat(100_000) + "\"}";

        assertThat(JournalEntry.parse(line).orElseThrow().get("reason")).hasSize(100_000);
        assertThat(JournalEntry.parse(line.substring(0, 65_536))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyEventIsReadByItsName(Event event) {
        JournalEntry entry = JournalEntry.now(event, "ada", "");

        assertThat(entry.event()).contains(event);
        assertThat(entry.is(event)).isTrue();
    }

    @Test
    void anEventOfALaterVersionIsKeptAndHasNoMeaning() {
        JournalEntry entry = JournalEntry.parse("{\"event\":\"deploy.paused\",\"sha\":\"abcd\"}")
                .orElseThrow();

        assertThat(entry.event()).isEmpty();
        assertThat(entry.get("event")).isEqualTo("deploy.paused");
        for (Event event : Event.values()) {
            assertThat(entry.is(event)).isFalse();
        }
    }
}

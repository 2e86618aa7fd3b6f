package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("text", "a \"quoted\" Prüfung\n\u001B");
        inner.put("number", 42);
        inner.put("fraction", 1.5);
        inner.put("yes", true);
        inner.put("no", false);
        inner.put("nothing", null);
        inner.put("empty", List.of());
        Map<String, Object> whole = Map.of("list", Arrays.asList("a", inner, null, List.of(Map.of())));

        String json = PlainJson.write(whole);

        assertThat(json).doesNotContain("\n", "\u001B");
        assertThat(PlainJson.readObject(json)).contains(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"text\"", "{", "{\"a\":", "{\"a\":[1,", "{\"a\" 1}", "{a:1}"})
    void whatIsNoWholeObjectIsNone(String text) {
        assertThat(PlainJson.readObject(text)).isEmpty();
    }

    @Test
    void anAbyssOfBracketsIsRefusedBeforeItFillsTheStack() {
        assertThat(PlainJson.readObject("{\"a\":" + "[".repeat(100_000))).isEmpty();
    }

    @Test
    void whatJsonDoesNotKnowIsNotGuessedAt() {
        assertThatThrownBy(() -> PlainJson.write(Map.of("time", Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Duration");
    }
}

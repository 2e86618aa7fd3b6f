package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, 250",
        "30s, 30000",
        "5m, 300000",
        "2h, 7200000",
        "45, 45000",
        "0, 0",
        "' 10 S ', 10000",
        "999999999, 999999999000"
    })
    void durationsAreReadAsPeopleTypeThem(String text, long millis) {
        assertThat(DurationText.parse("health.timeout", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "5 minutes", "1m30s", "1234567890", "５s"})
    void anythingElseIsRefusedWithTheFieldAndTheForm(String text) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> DurationText.parse("health.timeout", text))
                .withMessageStartingWith("health.timeout: ")
                .withMessageContaining("250ms, 30s, 5m or 2h")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.USAGE));
    }

    @Test
    void aMissingDurationIsNotShownAsNull() {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> DurationText.parse("health.timeout", ""))
                .withMessageStartingWith("health.timeout: \"\" is not a duration.");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "49, 0.0 s",
        "50, 0.1 s",
        "840, 0.8 s",
        "9940, 9.9 s",
        "9999, 10.0 s",
        "10000, 10 s",
        "42400, 42 s",
        "59499, 59 s",
        "59500, 1 min",
        "60000, 1 min",
        "125000, 2 min 5 s",
        "3599499, 59 min 59 s",
        "3599500, 1 h",
        "3600000, 1 h",
        "5400000, 1 h 30 min",
        "7200000, 2 h",
        "90000000, 25 h"
    })
    void durationsAreWrittenAsPeopleReadThem(long millis, String text) {
        assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(text);
    }
}

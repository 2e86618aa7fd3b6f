package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"500MB, 500000000", "2GB, 2000000000", "2 gib, 2147483648", "1T, 1000000000000", "64k, 64000"})
    void amountsAreReadAsPeopleTypeThem(String text, long bytes) {
        assertThat(ByteSize.parse("preflight.diskSpace", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "GB", "2", "-1GB", "2,5GB", "2 gigabytes", "1234567GB"})
    void anythingElseIsRefusedWithTheFieldAndTheForm(String text) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> ByteSize.parse("preflight.diskSpace", text))
                .withMessageStartingWith("preflight.diskSpace: ")
                .withMessageContaining("500MB, 2GB or 2GiB")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.USAGE));
    }
}

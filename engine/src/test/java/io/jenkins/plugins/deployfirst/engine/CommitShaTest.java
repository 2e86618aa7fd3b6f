package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitShaTest {
    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void upperCaseAndSurroundingSpaceAreForgiven() {
        assertThat(new CommitSha(" 0123456789ABCDEF0123456789ABCDEF01234567\r\n"))
                .isEqualTo(new CommitSha(SHA1));
    }

    @ParameterizedTest
    @CsvSource({"4, false", "7, false", "39, false", "40, true", "41, false", "63, false", "64, true"})
    void onlyFortyAndSixtyFourDigitsAreAFullName(int digits, boolean full) {
        assertThat(new CommitSha("a".repeat(digits)).isFull()).isEqualTo(full);
    }

    @Test
    void peopleSeeSevenDigits() {
        assertThat(new CommitSha(SHA1).abbreviated()).isEqualTo("0123456");
        assertThat(new CommitSha("abcd").abbreviated()).isEqualTo("abcd");
        assertThat(new CommitSha(SHA1)).hasToString(SHA1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void anEmptyShaIsRefused(String text) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new CommitSha(text))
                .withMessageStartingWith("sha: is empty.")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.USAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "abc",
                "HEAD~1",
                "--upload-pack=x",
                "abcd;id",
                "abcd ef01",
                "abcd\nef01",
                "0123456789abcdef0123456789abcdef0123456g",
                "٠١٢٣"
            })
    void whatIsNotHexadecimalIsRefused(String text) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new CommitSha(text))
                .withMessageContaining("is not a commit SHA")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aNameLongerThanAnyHashIsRefusedAndShownShortened() {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new CommitSha("a".repeat(65)))
                .withMessageContaining("\"" + "a".repeat(60) + "…\"");
    }
}

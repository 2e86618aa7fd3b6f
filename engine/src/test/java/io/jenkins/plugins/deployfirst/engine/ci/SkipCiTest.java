package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commit messages ask CI to skip the commit. */
class SkipCiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fix a typo [skip ci]",
                "[ci skip] Fix a typo",
                "Fix\n\nLong text\n[no ci]\n",
                "[skip actions]",
                "[actions skip]",
                "Fix\n\n\nskip-checks: true",
                "Fix\n\n\nskip-checks:true\n",
                "Fix\r\n\r\n\r\nskip-checks: true\r\n",
                "Fix\n\ntext\n\n\nSigned-off-by: A <a@example.com>\nskip-checks: true"
            })
    void theDocumentedFormsSkip(String message) {
        assertThat(SkipCi.isAskedBy(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Fix a typo",
                "skip ci",
                "Explain [skip  ci]",
                "Explain skip-checks: true",
                "skip-checks: true",
                "Fix\n\nskip-checks: true",
                "Fix\n\n\nskip-checks: false",
                "Fix\n\n\nskip-checks: true\nSigned-off-by: A <a@example.com>",
                "Fix\n\n\ntext\nskip-checks: true"
            })
    void othersDoNot(String message) {
        assertThat(SkipCi.isAskedBy(message)).isFalse();
    }

    @Test
    void aMessageOfAMillionTrailersIsReadLikeAnyOther() {
        assertThat(SkipCi.isAskedBy("Fix\n\n\n" + "a: b\n".repeat(1_000_000) + "skip-checks: true"))
                .isTrue();
    }
}

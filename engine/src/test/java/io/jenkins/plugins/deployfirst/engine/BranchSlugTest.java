package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchSlugTest {
    @ParameterizedTest
    @CsvSource({
        "main,main",
        "feature/New_Basket,feature-new-basket",
        "JIRA-12 Ünïcode!,jira-12--n-code",
        "--weird--,weird",
        "release/1.2.3,release-1-2-3",
        "'///',''"
    })
    void lettersAndDigitsStayAndTheRestIsDashes(String branch, String slug) {
        assertThat(BranchSlug.of(branch)).isEqualTo(slug);
    }

    @Test
    void itIsCutAfter63CharactersAndEndsInNoDash() {
        assertThat(BranchSlug.of("a".repeat(80))).isEqualTo("a".repeat(63));
        assertThat(BranchSlug.of("a".repeat(62) + "/" + "b".repeat(9))).isEqualTo("a".repeat(62));
    }
}

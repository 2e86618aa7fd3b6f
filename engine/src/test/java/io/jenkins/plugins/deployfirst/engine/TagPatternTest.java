package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPatternTest {
    private static final Optional<CommitSha> SHA = Optional.of(new CommitSha("0123456789".repeat(4)));

    private static String expand(String pattern) {
        return new TagPattern("tags", pattern).expand(SHA, Optional.of("feature/Basket"));
    }

    @ParameterizedTest
    @CsvSource({
        "latest,latest",
        "{sha},0123456789012345678901234567890123456789",
        "{shortSha},0123456",
        "{branchSlug},feature-basket",
        "v1.2_{branchSlug}-{shortSha},v1.2_feature-basket-0123456"
    })
    void wordsInBracesAreFilledIn(String pattern, String tag) {
        assertThat(expand(pattern)).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", ".x", "a b", "a/b", "a:b", "größe", "a{", "a}", "a\nb", "$(id)"})
    void whatIsNoTagIsRefused(String pattern) {
        assertThatThrownBy(() -> expand(pattern))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("tags: ")
                .hasMessageContaining("is not a tag")
                .hasMessageContaining("at most 128");
    }

    @Test
    void aTagHas128CharactersAtTheMost() {
        assertThat(expand("x".repeat(128))).hasSize(128);
        assertThatThrownBy(() -> expand("x".repeat(129))).hasMessageContaining("it has 129 characters");
        assertThatThrownBy(() -> expand("x".repeat(100) + "{sha}")).hasMessageContaining("it has 140 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{commit}", "{}", "x-{SHA}"})
    void anotherWordInBracesIsRefusedAtOnce(String pattern) {
        assertThatThrownBy(() -> new TagPattern("tags", pattern))
                .hasMessageContaining("is not known")
                .hasMessageContaining("{branchSlug}");
    }

    @Test
    void whatIsNotKnownIsAskedFor() {
        assertThatThrownBy(() -> new TagPattern("tags", "{sha}").expand(Optional.empty(), Optional.empty()))
                .hasMessage("tags: \"{sha}\" cannot be filled in: the commit is not known. Give sha.");
        assertThatThrownBy(() -> new TagPattern("tags", "{branchSlug}").expand(SHA, Optional.empty()))
                .hasMessageContaining("the branch is not known");
        assertThatThrownBy(() -> new TagPattern("tags", "{branchSlug}").expand(SHA, Optional.of("///")))
                .hasMessageContaining("\"///\"");
    }
}

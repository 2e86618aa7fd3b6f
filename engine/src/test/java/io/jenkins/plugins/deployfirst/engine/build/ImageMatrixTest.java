package io.jenkins.plugins.deployfirst.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMatrixTest {
    private static List<String> fill(String text, Map<String, List<String>> axes) {
        return ImageMatrix.combinations(axes).stream()
                .map(combination -> combination.apply(text))
                .toList();
    }

    @Test
    void everyCombinationIsFilledIn() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("service", List.of("billing", "search"));
        axes.put("os", List.of("a$1", "b"));

        assertThat(fill("{service}-{os}", axes)).containsExactly("billing-a$1", "billing-b", "search-a$1", "search-b");
    }

    @Test
    void whatIsNoAxisStays() {
        assertThat(fill("{\"a\": {b}} {sha} {service}", Map.of("service", List.of("x"))))
                .containsExactly("{\"a\": {b}} {sha} x");
        assertThat(fill("{service}", Map.of())).containsExactly("{service}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "a-b", "sha", "branchSlug", "{a}"})
    void aNameThatCannotStandInBracesIsRefused(String axis) {
        assertThatThrownBy(() -> ImageMatrix.combinations(Map.of(axis, List.of("x"))))
                .hasMessageStartingWith("matrix: \"" + axis + "\" cannot be an axis");
    }

    @Test
    void anAxisWithoutValuesIsRefused() {
        assertThatThrownBy(() -> ImageMatrix.combinations(Map.of("service", List.of())))
                .hasMessageStartingWith("matrix.service: has no values.");
        assertThatThrownBy(() -> ImageMatrix.combinations(Map.of("service", List.of("a", " "))))
                .hasMessageStartingWith("matrix.service: has an empty value.");
    }
}

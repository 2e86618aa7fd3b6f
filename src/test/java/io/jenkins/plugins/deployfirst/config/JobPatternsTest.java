package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPatternsTest {
    @ParameterizedTest
    @CsvSource({
        "deploy, deploy, true",
        "deploy, Deploy, false",
        "deploy-*, deploy-app, true",
        "deploy-*, team/deploy-app, false",
        "team-a/*, team-a/deploy, true",
        "team-a/*, team-a/app/main, false",
        "team-a/**, team-a/app/main, true",
        "team-a/**, team-ab/app, false",
        "**/main, team-a/app/main, true",
        "*, team-a/app, false",
        "**, team-a/app, true",
    })
    void aStarStaysWithinOneFolderAndTwoStarsDoNot(String pattern, String job, boolean allowed) {
        assertThat(JobPatterns.allow(List.of(pattern), job)).isEqualTo(allowed);
    }

    @Test
    void withoutPatternsEveryJobIsAllowed() {
        assertThat(JobPatterns.allow(List.of(), "team-a/app")).isTrue();
    }

    @Test
    void oneOfSeveralPatternsIsEnough() {
        assertThat(JobPatterns.allow(List.of("other", "team-a/**"), "team-a/app"))
                .isTrue();
    }
}

package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a log may not show. */
class SecretMaskTest {

    @Test
    void whatVariablesHoldThatAreCalledSecretIsTakenOut() {
        SecretMask mask = new SecretMask(Map.of(
                "GITHUB_TOKEN", "ghp_0123", "db_password", "hunter2!\n", "KEY_PREFIX", "ghp_0", "HOME", "/home/ada"));

        assertThat(mask.apply("ghp_0123 hunter2! in /home/ada")).isEqualTo("**** **** in /home/ada");
    }

    @Test
    void whatIsTooShortToBeASecretStays() {
        assertThat(new SecretMask(Map.of("TOKEN", "true", "SECRET", "")).apply("true"))
                .isEqualTo("true");
    }
}

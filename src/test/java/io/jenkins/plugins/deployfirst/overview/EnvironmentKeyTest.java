package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How addresses name environments. */
class EnvironmentKeyTest {
    @ParameterizedTest
    @CsvSource({"'',preprod,preprod", "team,preprod,team:preprod", "team/app one,pre.prod,team:app one:pre.prod"})
    void aKeyIsReadAsItIsWritten(String folder, String name, String text) {
        EnvironmentKey key = new EnvironmentKey(folder, name);

        assertThat(key).hasToString(text);
        assertThat(EnvironmentKey.parse(text)).isEqualTo(key);
    }
}

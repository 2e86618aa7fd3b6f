package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
    @ParameterizedTest
    @CsvSource({
        "'','',shop",
        "docker.io,'',shop",
        "https://index.docker.io/v1/,'',shop",
        "https://registry.example.com,registry.example.com,registry.example.com/shop",
        "https://Registry.Example.com/v2/,registry.example.com,registry.example.com/shop",
        "http://127.0.0.1:5000/,127.0.0.1:5000,127.0.0.1:5000/shop",
        "registry:5000,registry:5000,registry:5000/shop",
        "https://[::1]:5000,[::1]:5000,[::1]:5000/shop"
    })
    void anAddressIsReducedToWhatStandsBeforeAnImagesName(String url, String host, String image) {
        Registry registry = new Registry(url, "", "");
        assertThat(registry.host()).isEqualTo(host);
        assertThat(registry.qualify("shop")).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/team/shop", "localhost/shop", "registry:5000/shop", "127.0.0.1:5000/team/shop"})
    void anImageThatNamesItsRegistryKeepsIt(String image) {
        assertThat(new Registry("https://registry.example.com", "", "").qualify(image))
                .isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://registry.example.com/team",
                "ftp://registry.example.com",
                "-u root",
                "registry.example.com;reboot",
                "https://user@registry.example.com",
                "registry example.com"
            })
    void whatIsNoAddressIsRefusedWithItsField(String url) {
        assertThatThrownBy(() -> new Registry(url, "", ""))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("registry.url: \"" + url)
                .hasMessageContaining("https://registry.example.com");
    }

    @Test
    void aUserWithoutAPasswordIsRefused() {
        assertThatThrownBy(() -> new Registry("", "builder", "")).hasMessageContaining("the password is missing");
        assertThatThrownBy(() -> new Registry("", "", "secret"))
                .hasMessageContaining("the user name is missing")
                .hasMessageNotContaining("secret");
    }

    @Test
    void itsTextHoldsNoPassword() {
        assertThat(new Registry("r.example.com", "builder", "secret")).hasToString("r.example.com as builder");
    }
}

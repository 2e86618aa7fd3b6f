package io.jenkins.plugins.deployfirst.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of a text of a host whose address is masked. */
class AddressMaskTest {
    private static final SshLogin LOGIN = new SshLogin.Password("login", "secret");
    private static final HostKeys KEYS = new HostKeys("", Optional.empty(), HostKeys.Policy.STRICT);

    @ParameterizedTest
    @CsvSource({
        "ssh -p 22 app@shop.example.com,ssh -p 22 ****@****",
        "no route to SHOP.EXAMPLE.COM: 22,no route to ****: 22",
        "/home/app/shop is not a directory,/home/****/shop is not a directory",
        "jump host gate.example.com of user bob.,jump host **** of user ****.",
        "the application app-worker of my-app,the application app-worker of my-app",
        "nothing,nothing"
    })
    void hostsAndUsersAreMaskedAsWholeWords(String text, String masked) {
        assertThat(shop(true).mask(text)).isEqualTo(masked);
    }

    @Test
    void nothingIsMaskedUnlessItIsAskedFor() {
        assertThat(shop(false).mask("app@shop.example.com")).isEqualTo("app@shop.example.com");
        assertThat(new HostSettings.Local().mask("app@shop.example.com")).isEqualTo("app@shop.example.com");
        assertThat(shop(false).describe()).isEqualTo("app@shop.example.com:22");
        assertThat(shop(true).describe()).isEqualTo("****");
    }

    private static HostSettings.Ssh shop(boolean masked) {
        HostSettings.Ssh jump = new HostSettings.Ssh(
                new Endpoint("bob", "gate.example.com", 22), LOGIN, KEYS, Optional.empty(), masked);
        return new HostSettings.Ssh(
                new Endpoint("app", "shop.example.com", 22), LOGIN, KEYS, Optional.of(jump), masked);
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManualCommandsTest {
    @Test
    void aPersonCanTypeThemAsTheyAre() {
        EnvironmentBuilder builder = new EnvironmentBuilder(HostProblemTest.ENVIRONMENT);
        builder.directory = "/srv/it's the app";
        builder.compose = new ComposeSettings(List.of("it's.yml"), Optional.of("shop"), ComposeSettings.Action.RESTART);

        assertThat(ManualCommands.toReach(builder.build(), "docker-compose", Release.of("abcd")))
                .containsExactly(
                        "cd '/srv/it'\\''s the app'",
                        "docker-compose -f 'it'\\''s.yml' -p shop ps",
                        "docker-compose -f 'it'\\''s.yml' -p shop logs --tail 100",
                        "git reset --hard abcd",
                        "docker-compose -f 'it'\\''s.yml' -p shop up -d",
                        "docker-compose -f 'it'\\''s.yml' -p shop restart");
        assertThat(ManualCommands.inOneLine(builder.build(), "docker-compose", Release.of("abcd")))
                .isEqualTo("To go to abcd by hand: cd '/srv/it'\\''s the app' && git reset --hard abcd"
                        + " && docker-compose -f 'it'\\''s.yml' -p shop up -d"
                        + " && docker-compose -f 'it'\\''s.yml' -p shop restart");
    }

    @Test
    void aMaskedAddressIsNotInThem() {
        EnvironmentBuilder builder = new EnvironmentBuilder(HostProblemTest.ENVIRONMENT);
        builder.directory = "/home/app/site";
        builder.host = new HostSettings.Ssh(
                new Endpoint("app", "shop.example.com", 2222),
                new SshLogin.Password("login", "secret"),
                new HostKeys("", Optional.empty(), HostKeys.Policy.STRICT),
                Optional.empty(),
                true);

        assertThat(ManualCommands.toReach(builder.build(), "docker-compose", Release.of("abcd")))
                .startsWith("ssh -p 2222 ****@****", "cd /home/****/site");
        assertThat(ManualCommands.inOneLine(builder.build(), "docker-compose", Release.of("abcd")))
                .startsWith("To go to abcd by hand: ssh -p 2222 ****@****, and there: cd /home/****/site && ");
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

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
}

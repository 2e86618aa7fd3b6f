package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.command.Compose;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManualCommandsTest {
    private static final Compose COMPOSE = new Compose("docker-compose", List.of("it's.yml"), Optional.of("shop"));

    @Test
    void aPersonCanTypeThemAsTheyAre() {
        EnvironmentBuilder builder = new EnvironmentBuilder(HostProblemTest.ENVIRONMENT);
        builder.directory = "/srv/it's the app";

        assertThat(ManualCommands.toReach(builder.build(), COMPOSE, "abcd"))
                .containsExactly(
                        "cd '/srv/it'\\''s the app'",
                        "docker-compose -f 'it'\\''s.yml' -p shop ps",
                        "docker-compose -f 'it'\\''s.yml' -p shop logs --tail 100",
                        "git reset --hard abcd",
                        "docker-compose -f 'it'\\''s.yml' -p shop up -d",
                        "docker-compose -f 'it'\\''s.yml' -p shop restart");
    }
}

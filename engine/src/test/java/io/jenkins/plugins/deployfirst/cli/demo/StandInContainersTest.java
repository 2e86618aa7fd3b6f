package io.jenkins.plugins.deployfirst.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.command.Docker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandInContainersTest {
    private final Programs programs = new Programs(System.getenv());
    private final Places places = Places.create();
    private final StandInContainers containers =
            StandInContainers.start(programs, places, "shop-1", "the test asks for it");
    private final Site site = new Site(containers.site());

    @BeforeEach
    void checkOut() {
        Places.write(places.checkout().resolve("docker-compose.yml"), containers.composeFile());
        Places.write(places.checkout().resolve("index.html"), "Welcome, one\n");
    }

    @AfterEach
    void clearAway() throws Exception {
        containers.close();
        places.close();
    }

    @Test
    void theSiteShowsThePageOfTheLastStart() throws Exception {
        containers.up(places.checkout());
        Places.write(places.checkout().resolve("index.html"), "Welcome, two\n");
        assertThat(site.page()).isEqualTo("Welcome, one");

        docker("restart", "0123456789ab");

        assertThat(site.page()).isEqualTo("Welcome, two");
    }

    @Test
    void aStoppedSiteSaysSo() throws Exception {
        assertThat(site.page()).isEqualTo("The container is being restarted.");
    }

    @Test
    void theContainerIsListedInTheFormThatTheEngineReads() throws Exception {
        String list = Docker.list();
        assertThat(docker("ps", "-a", "--format", "{{.ID}}").output()).isEmpty();

        containers.up(places.checkout());

        assertThat(list)
                .contains("{{.ID}}|{{.Label")
                .contains("compose.service")
                .contains("compose.project");
        assertThat(docker("ps", "-a", "--format", "{{.ID}}").output())
                .isEqualTo("0123456789ab|web|shop-1|" + places.checkout());
    }

    @Test
    void composeConfigPrintsTheFileAndFailsWithoutOne() throws Exception {
        String[] config = {"compose", "-f", "docker-compose.yml", "-p", "shop-1", "--project-directory", ".", "config"};
        assertThat(docker(config).output()).isEqualToIgnoringNewLines(containers.composeFile());

        config[2] = "missing.yml";

        assertThat(docker(config).succeeded()).isFalse();
    }

    @Test
    void whatTheScriptDoesNotUnderstandItRefuses() throws Exception {
        assertThat(docker("compose", "pull").output()).contains("does not understand: docker compose pull");
        assertThat(docker("system", "prune").succeeded()).isFalse();
        assertThat(docker().succeeded()).isFalse();
    }

    private Programs.Result docker(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(containers.hostVariables().get("PATH").split(":")[0])
                        .resolve("docker")
                        .toString()));
        command.addAll(List.of(words));
        return programs.tryRun(places.checkout(), Map.of(), command);
    }
}

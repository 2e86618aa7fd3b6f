package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.command.Probes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    private final FakeShell shell = new FakeShell();

    @Test
    void runningContainersAreHealthyAndOthersOfTheProjectDoNotMatter() throws Exception {
        shell.reports(Map.of("containers", "web running healthy 0\ndb running - 0\nold exited - 1\n"));
        assertThat(ask("web", "db")).isEqualTo(new ProbeResult(true, "running", ""));
        assertThat(shell.scripts).containsExactly(Probes.containers("preprod"));
        assertThat(shell.deadlines).containsExactly(TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "web running starting 0, starting, web is starting",
        "web running unhealthy 0, unhealthy, web is unhealthy",
        "web exited - 1, exited, web is exited (exit status 1)",
        "web exited unhealthy 137, exited, web is exited (exit status 137)",
        "web restarting - 3, restarting, web is restarting (exit status 3)",
        "web created - 0, created, web is created",
        "web paused healthy 0, paused, web is paused",
        "web-2 running - 0, missing, web has no container",
        "'', missing, web has no container",
        "something unforeseen, missing, web has no container"
    })
    void everyOtherStateIsTold(String line, String status, String message) throws Exception {
        shell.reports(Map.of("containers", line));
        assertThat(ask("web")).isEqualTo(new ProbeResult(false, status, message));
    }

    @Test
    void aHealthCheckThatIsSwitchedOffIsNone() throws Exception {
        shell.reports(Map.of("containers", "web running none 0"));
        assertThat(ask("web").healthy()).isTrue();
    }

    @Test
    void everyContainerOfAServiceMustBeWell() throws Exception {
        shell.reports(Map.of("containers", "web running - 0\nweb exited - 2\nworker running starting 0"));
        assertThat(ask("web", "worker", "db"))
                .isEqualTo(new ProbeResult(
                        false, "exited", "web is exited (exit status 2), worker is starting, db has no container"));
    }

    @Test
    void aProjectWithoutContainersReportsNothing() throws Exception {
        shell.reports(Map.of());
        assertThat(ask("web").message()).isEqualTo("web has no container");
    }

    @Test
    void aDockerThatFailsIsTold() throws Exception {
        shell.ends(127, Map.of(), "sh: 1: docker: not found");
        assertThat(ask("web").message()).isEqualTo("docker failed: sh: 1: docker: not found");
    }

    @Test
    void aDockerThatHangsIsTold() throws Exception {
        shell.ends(124, Map.of(), "");
        assertThat(ask("web").message()).isEqualTo("docker did not answer within 7.0 s");
    }

    @Test
    void theServicesAreNamed() {
        assertThat(new ContainerProbe(shell, "preprod", List.of("web")).describe())
                .isEqualTo("container web");
        assertThat(new ContainerProbe(shell, "preprod", List.of("web", "db")).describe())
                .isEqualTo("containers web, db");
    }

    private ProbeResult ask(String... services) throws InterruptedException {
        return new ContainerProbe(shell, "preprod", List.of(services)).probe(TIMEOUT);
    }
}

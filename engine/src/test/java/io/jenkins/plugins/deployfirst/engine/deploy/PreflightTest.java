package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an environment depends on beside its own containers, on a real host with real Docker. */
class PreflightTest extends OnPreprod {
    private static String prefix;

    @BeforeAll
    static void start() {
        prefix = preprod.stack.project();
        docker("network", "create", prefix + "_infra");
        docker("run", "-d", "--name", prefix + "-postgres", Stack.IMAGE, "sleep", "100000");
        docker("run", "-d", "--name", prefix + "-stopped", Stack.IMAGE, "true");
        docker(
                "run",
                "-d",
                "--name",
                prefix + "-sick",
                "--health-cmd",
                "false",
                "--health-interval",
                "1s",
                "--health-retries",
                "1",
                Stack.IMAGE,
                "sleep",
                "100000");
        docker("wait", prefix + "-stopped");
    }

    @AfterAll
    static void end() {
        docker("rm", "-f", prefix + "-postgres", prefix + "-stopped", prefix + "-sick");
        docker("network", "rm", prefix + "_infra");
    }

    @Test
    void aReleaseGoesLiveWhenEverythingIsThere() throws Exception {
        String sha = preprod.stack.release("release 2");

        DeployResult result = deploy(sha, List.of(prefix + "_infra"), List.of(prefix + "-postgres"));

        assertThat(result.error()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(Preprod.names(result.phases())).contains("preflight");
    }

    @Test
    void everythingThatIsMissingIsNamedAndNothingIsChanged() throws Exception {
        String sha = preprod.stack.release("release 2");
        String started = preprod.startedAt("web");

        DeployResult result = deploy(
                sha,
                List.of(prefix + "_infra", prefix + "_infr"),
                List.of(prefix + "-postgres", prefix + "-redis", prefix + "-stopped", prefix + "-sick"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("preflight: what " + preprod.stack.name() + " depends on is not ready on ")
                .contains("network " + prefix + "_infr does not exist")
                .contains("; container " + prefix + "-redis does not exist")
                .contains("; container " + prefix + "-stopped is exited")
                .containsPattern("; container " + prefix + "-sick is (unhealthy|not healthy yet)")
                .doesNotContain("_infra does", "-postgres")
                .endsWith("Start that first, or make room; nothing was changed here.");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.startedAt("web")).isEqualTo(started);
    }

    @Test
    void aHostWithTooLittleSpaceIsNamedAndNothingIsChanged() throws Exception {
        String sha = preprod.stack.release("release 2");
        String started = preprod.startedAt("web");
        PreflightSettings much = new PreflightSettings(List.of(), List.of(), 900_000_000_000_000_000L);

        DeployResult result = preprod.deploy(preprod.with(it -> it.preflight = much), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("preflight: ")
                .containsPattern("Docker's directory /\\S+ has \\d+ KiB free, 878906250000000 are asked for")
                .endsWith("Start that first, or make room; nothing was changed here.");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.startedAt("web")).isEqualTo(started);
    }

    @Test
    void aHostWithSpaceEnoughIsDeployedTo() throws Exception {
        PreflightSettings little = new PreflightSettings(List.of(), List.of(), 1_000_000);

        DeployResult result =
                preprod.deploy(preprod.with(it -> it.preflight = little), preprod.stack.release("release 2"));

        assertThat(result.error()).isEmpty();
    }

    @Test
    void namesThatDockerDoesNotAllowAreRefused() {
        assertThatThrownBy(() -> new PreflightSettings(List.of("app net"), List.of()))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("preflight.networks: \"app net\" is not a name that Docker allows.");
        assertThatThrownBy(() -> new PreflightSettings(List.of(), List.of("$(id)")))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("preflight.containers: \"$(id)\"");
    }

    private static DeployResult deploy(String sha, List<String> networks, List<String> containers) throws Exception {
        PreflightSettings preflight = new PreflightSettings(networks, containers);
        return preprod.deploy(preprod.with(it -> it.preflight = preflight), sha);
    }

    private static void docker(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Tool.run(root, command);
    }
}

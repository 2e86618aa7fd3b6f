package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that are brought up: which of them, until when they are waited for, and what is told of those that fail. */
@ExtendWith(RealHost.class)
class BroughtUpTest {
    @TempDir
    static Path root;

    private static Preprod preprod;
    private static String other;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        other = "deploy-first-test:" + preprod.stack.project();
        Tool.run(root, "docker", "tag", Stack.IMAGE, other);
        preprod.host("docker rm -f " + preprod.stack.container("web") + " " + preprod.stack.container("worker"));
    }

    @AfterAll
    static void end() {
        preprod.close();
        Tool.works("docker", "rmi", other, preprod.stack.project() + "_built");
    }

    @BeforeEach
    void startAnew() {
        preprod.startAnew();
        preprod.host("docker ps -aq --filter label=com.docker.compose.project=" + preprod.stack.project()
                + " | xargs -r docker rm -f");
    }

    @Test
    void onlyTheChosenServicesAreBroughtUpAndThoseThatRunTheSameImageAndWhatTheyLack() throws Exception {
        String services = service("api", other, "sleep %s", "depends_on: [db, cache]")
                + service("tasks", other, "sleep %s", "")
                + service("db", Stack.IMAGE, "sleep %s", "")
                + service("cache", Stack.IMAGE, "sleep %s", "")
                + service("apart", Stack.IMAGE, "sleep %s", "");
        preprod.deploy(upOnly(), release(services.replace("%s", "1000")));
        preprod.host("docker rm -f " + preprod.stack.container("cache"));
        String db = preprod.stack.container("db");
        String apart = preprod.stack.container("apart");
        String api = preprod.stack.container("api");
        String tasks = preprod.stack.container("tasks");

        DeployResult result = preprod.deploy(upOnly("api"), release(services.replace("%s", "2000")));

        assertThat(result.error()).isEmpty();
        assertThat(preprod.stack.container("api")).isNotEqualTo(api);
        assertThat(preprod.stack.container("tasks")).isNotEqualTo(tasks);
        assertThat(preprod.stack.container("cache")).isNotEmpty();
        assertThat(preprod.stack.container("db")).isEqualTo(db);
        assertThat(preprod.stack.container("apart")).isEqualTo(apart);
    }

    @Test
    void aServiceThatTheReleaseDoesNotHaveIsNamedBeforeAnythingIsTouched() throws Exception {
        String sha = release(service("api", other, "sleep 1000", ""));

        DeployResult result = preprod.deploy(upOnly("ap"), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .isEqualTo("services: the compose file of the release has no service \"ap\". It has api.");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        preprod.deploy(upOnly(), sha);
        DeployResult live = preprod.flows(upOnly("ap")).deploy(new DeployRequest(Optional.empty(), false));
        assertThat(live.error()).isEqualTo(result.error());
    }

    @Test
    void nothingIsBuiltWhereThatIsNotWanted() throws Exception {
        Tool.write(preprod.stack.work().resolve("built/Dockerfile"), "FROM " + Stack.IMAGE + "\nLABEL made=once\n");
        String services = "  built:\n    build: ./built\n    init: true\n    command: [\"sleep\", \"%s\"]\n";
        preprod.deploy(upOnly(), release(services.replace("%s", "1000")));
        String image = preprod.host("docker inspect -f '{{.Image}}' " + preprod.stack.container("built"));
        Tool.write(preprod.stack.work().resolve("built/Dockerfile"), "FROM " + Stack.IMAGE + "\nLABEL made=twice\n");
        Environment environment = upOnly();
        ComposeSettings unbuilt = environment.compose().getting(Optional.of(ComposeSettings.Pull.MISSING), false);

        DeployResult result = preprod.deploy(environment.with(unbuilt), release(services.replace("%s", "2000")));

        assertThat(result.error()).isEmpty();
        assertThat(preprod.host("docker inspect -f '{{.Image}} {{.Args}}' " + preprod.stack.container("built")))
                .startsWith(image)
                .contains("2000");
    }

    @Test
    void containersAreWaitedForUntilTheyAreHealthyAndTheirConditionsAreTold() throws Exception {
        String sha = release(service("db", other, "sleep 1; touch /ready; sleep 1000", healthcheck("test -f /ready"))
                + service("api", Stack.IMAGE, "sleep 1000", "depends_on: {db: {condition: service_healthy}}")
                + service("once", Stack.IMAGE, "true", "depends_on: {api: {condition: service_started}}")
                + service(
                        "slow",
                        Stack.IMAGE,
                        "sleep 1000",
                        healthcheck("test -f /flags/ready") + "\n    volumes: [\"" + root.resolve("flags")
                                + ":/flags\"]"));
        Thread person = new Thread(() -> {
            await().atMost(Duration.ofMinutes(1)).until(() -> preprod.lines.contains("slow: starting"));
            Tool.write(root.resolve("flags/ready"), "yes");
        });
        person.start();

        DeployResult result = preprod.deploy(upOnly(), sha);
        person.join();

        assertThat(result.error()).isEmpty();
        assertThat(preprod.lines).contains("api waits for db (service_healthy)", "slow: starting");
        assertThat(preprod.host("docker inspect -f '{{.State.Health.Status}}' " + preprod.stack.container("slow")))
                .isEqualTo("healthy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sick", "ended"})
    void aServiceThatFailsIsNamedWithTheEndOfItsLogAndTheReleaseIsTakenBack(String what) throws Exception {
        String words = "i=0; while [ $$i -lt 200 ]; do echo line $$i; i=$$((i+1)); done; ";
        String sha = release(
                what.equals("sick")
                        ? service("api", Stack.IMAGE, words + "sleep 1000", healthcheck("false"))
                        : service("api", Stack.IMAGE, words + "exit 3", ""));

        DeployResult result = preprod.deploy(upOnly(), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.error())
                .contains(what.equals("sick") ? "api is unhealthy after" : "api is exited (exit status 3) after");
        assertThat(preprod.told())
                .contains(
                        "The end of the log of api (" + (what.equals("sick") ? "unhealthy" : "exited (exit status 3)"));
        assertThat(preprod.output).contains("line 150", "line 199").doesNotContain("line 149");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
    }

    @Test
    void codeOfTheHostOverTheCodeOfAnImageIsWarnedOf() throws Exception {
        Path elsewhere = root.resolve("elsewhere");
        String services = service(
                        "shadowed",
                        Stack.IMAGE,
                        "sleep 1000",
                        "working_dir: /app/code\n    volumes: [\"" + elsewhere + ":/app\"]")
                + service("code", Stack.IMAGE, "sleep 1000", "volumes: [\"./src:/lib/x\", \"./conf.txt:/conf.txt\"]")
                + service("data", Stack.IMAGE, "sleep 1000", "volumes: [\"./data:/data\", \"" + elsewhere + ":/x\"]");
        String sha = preprod.stack.commit(
                "Mount",
                Map.of(
                        "docker-compose.yml", "version: \"2.4\"\nservices:\n" + services,
                        "src/code", "1",
                        "conf.txt", "1",
                        ".gitignore", "data"));

        DeployResult result = preprod.deploy(upOnly(), sha);

        assertThat(result.error()).isEmpty();
        Path source = preprod.stack.checkout().resolve("src");
        assertThat(preprod.lines.stream().filter(line -> line.contains("is mounted over")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("shadowed: " + elsewhere + " of the host is mounted over /app,"))
                .anyMatch(line -> line.startsWith("code: " + source + " of the host is mounted over /lib/x,"));
    }

    @Test
    void mountedCodeThatIsRestartedIsNotWarnedOf() throws Exception {
        Environment restarted = upOnly().with(preprod.environment().compose());

        DeployResult result = preprod.deploy(restarted, preprod.stack.release("mounted"));

        assertThat(Preprod.names(result.phases())).contains("up");
        assertThat(preprod.told()).doesNotContain("is mounted over");
    }

    @Test
    void aLineInALogThatMustNotBeThereTakesTheReleaseBackAtOnce() throws Exception {
        preprod.deploy(upOnly(), release(service("api", Stack.IMAGE, "echo ERROR of before; sleep 1000", "")));
        String sha = release(service("api", Stack.IMAGE, "echo ERROR of before; sleep 1000", "")
                + service("tasks", Stack.IMAGE, "echo Traceback; sleep 1000", ""));

        DeployResult other = preprod.deploy(withLogs(List.of("api"), "ERROR|Traceback"), sha);
        assertThat(other.error()).isEmpty();

        sha = release(service("api", Stack.IMAGE, "echo ERROR of before; sleep 1000", "")
                + service("tasks", Stack.IMAGE, "echo Traceback again; sleep 1000", ""));
        DeployResult result = preprod.deploy(withLogs(List.of(), "ERROR|Traceback"), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.error()).contains("not healthy: ").contains("tasks: Traceback again");
    }

    @Test
    void aGateAtAnyTimeReadsWhatWasLoggedSinceTheLastStart() throws Exception {
        String once = "[ ! -f /ran ] || exec sleep 1000; touch /ran; while echo ERROR at first; do sleep 0.2; done";
        preprod.deploy(upOnly(), release(service("api", Stack.IMAGE, once, "")));
        Environment environment = withLogs(List.of("api"), "ERROR");

        // Docker may note the start after the first line.
        GateResult before = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> preprod.flows(environment).health(), gate -> !gate.healthy());
        preprod.host("docker restart -t 0 " + preprod.stack.container("api"));

        assertThat(before.healthy()).isFalse();
        assertThat(before.attempts()).hasSize(1);
        assertThat(before.problem()).contains("api: ERROR at first");
        assertThat(preprod.flows(environment).health().healthy()).isTrue();
        assertThat(preprod.flows(withLogs(List.of("apo"), "ERROR")).health().problem())
                .contains("no log can be read of apo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "(", "\\d+", "(?i)error", "a\nb"})
    void patternsThatGrepTakesForSomethingElseAreRefused(String pattern) {
        assertThatThrownBy(() -> new LogCheck(List.of(), pattern))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageStartingWith("health.logs.absent: ")
                .hasMessageContaining("grep -E");
    }

    private static Environment withLogs(List<String> services, String absent) {
        Environment environment = upOnly();
        HealthSettings health = environment.health();
        return environment.with(new HealthSettings(
                health.http(),
                false,
                List.of(),
                Optional.empty(),
                Optional.of(new LogCheck(services, absent)),
                health.timing()));
    }

    /** Brings up what the compose file says, with no other gate than its containers. */
    private static Environment upOnly(String... services) {
        Consumer<EnvironmentBuilder> up = it -> {
            it.action(ComposeSettings.Action.UP);
            it.compose = it.compose.only(List.of(services));
            it.health = new HealthSettings(Optional.empty(), false, List.of(), Optional.empty(), it.health.timing());
        };
        return preprod.with(up);
    }

    private static String release(String services) {
        return preprod.stack.commit(
                "Other services", Map.of("docker-compose.yml", "version: \"2.4\"\nservices:\n" + services));
    }

    private static String service(String name, String image, String command, String more) {
        return "  %s:\n    image: %s\n    init: true\n    stop_grace_period: 1s\n    command: [\"sh\", \"-c\", \"%s\"]\n%s"
                .formatted(name, image, command, more.isEmpty() ? "" : "    " + more + "\n");
    }

    private static String healthcheck(String command) {
        int patience = command.equals("false") ? 2 : 200;
        return "healthcheck: {test: \"" + command + "\", interval: 0.5s, timeout: 5s, retries: " + patience + "}";
    }
}

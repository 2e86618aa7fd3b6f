package io.jenkins.plugins.deployfirst.engine.deploy;

import static io.jenkins.plugins.deployfirst.engine.deploy.Preprod.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.Load;
import io.jenkins.plugins.deployfirst.engine.testing.ReverseProxy;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are replaced while the old ones serve, on a real host. */
class RollingUpdateTest extends OnPreprod {
    /** The server hangs up on whoever is asking when it is stopped; it is the proxy's health check that spares people that. */
    private static final String FILE = """
            version: "2.4"
            services:
              api:
                image: %1$s
                init: true
                stop_grace_period: 1s
                depends_on: [backend]
                environment: { TEXT: release 1 }
                command: ["sh", "-c", "mkdir /www; echo $$TEXT > /www/index.html; touch /www/health; exec httpd -f -p 80 -h /www"]
                healthcheck: { test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1/health"], interval: 1s, timeout: 1s, retries: 2 }
              backend:
                image: %1$s
                init: true
                stop_grace_period: 1s
                command: ["sleep", "100000"]
                healthcheck: { test: ["CMD", "true"], interval: 1s }
              front:
                image: %1$s
                init: true
                stop_grace_period: 1s
                command: ["sleep", "300000"]
                container_name: %2$s_front
                ports: ["127.0.0.1:%3$s:80"]
            """;

    @TempDir
    static Path proxyRoot;

    private static ReverseProxy proxy;
    private static String file;

    @BeforeAll
    static void start() {
        String port = preprod.stack.url().replaceAll("\\D+(?=\\d+/)", "").replace("/", "");
        file = FILE.formatted(Stack.IMAGE, preprod.stack.project(), port.substring(port.length() - 5));
        preprod.host("docker rm -f " + preprod.stack.container("web") + " " + preprod.stack.container("worker"));
        proxy = ReverseProxy.haproxy(proxyRoot, preprod.stack.project() + "_default");
    }

    @AfterAll
    static void end() {
        proxy.close();
    }

    /** Leaves one container of each service running, as the file says. */
    @BeforeEach
    void startAnew() throws Exception {
        String sha = commit(text -> text);
        assertThat(preprod.deploy(recreating(), sha).error()).isEmpty();
        Tool.write(preprod.stack.stateFile(), sha);
        await().until(() -> Tool.works("curl", "-fsS", proxy.url()));
        preprod.lines.clear();
        preprod.output.clear();
    }

    @Test
    void servicesAreReplacedInTheirOrderAndNoRequestFails() throws Exception {
        List<String> old = List.of(container("api"), container("backend"), container("front"));
        String sha = commit(text -> text.replace("release 1", "release 2").replace("100000", "200000"));

        DeployResult result;
        Load load = Load.on(proxy.url());
        try (load) {
            result = preprod.deploy(rolling(), sha);
        }

        assertThat(result.error()).isEmpty();
        assertThat(load.failures()).isEmpty();
        assertThat(load.pages()).contains("release 1", "release 2");
        assertThat(load.answers()).isPositive();
        assertThat(names(result.phases()))
                .containsSubsequence("images", "plan", "roll backend", "roll api", "gate")
                .doesNotContain("up", "roll front");
        assertThat(preprod.lines).contains("api: 1 new beside 1 old.", "api: the new are healthy; the old go.");
        assertThat(List.of(container("api"), container("backend"))).doesNotContainAnyElementsOf(old);
        assertThat(container("front")).isEqualTo(old.get(2));
        assertThat(result.images())
                .extracting(DeployResult.ImageChange::service)
                .containsExactly("api", "backend", "front");

        String api = container("api");
        assertThat(names(preprod.deploy(rolling(), preprod.stack.release("nothing new"))
                        .phases()))
                .contains("plan", "up");
        assertThat(container("api")).isEqualTo(api);
    }

    @Test
    void aNewContainerThatIsNotHealthyIsRemovedAndTheOldOnesGoOn() throws Exception {
        String before = preprod.startedAt("api") + preprod.startedAt("front");
        String live = preprod.stack.live();
        String sha = commit(
                text -> text.replace("touch /www/health", "echo cannot start").replace("100000", "200000"));

        DeployResult result;
        Load load = Load.on(proxy.url());
        try (load) {
            result = preprod.deploy(rolling(), sha);
        }

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.error())
                .contains("A new container is not fit to take over, and was removed: " + preprod.stack.project())
                .contains(" is unhealthy.");
        assertThat(load.failures()).isEmpty();
        assertThat(preprod.startedAt("api") + preprod.startedAt("front")).isEqualTo(before);
        assertThat(arguments("backend")).isEqualTo("[100000]");
        assertThat(preprod.output).contains("cannot start");
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.events()).endsWith("deploy.started", "rollback.started", "rollback.succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 7", "sleep 400000"})
    void withoutAHealthCheckANewContainerHasToRunForAWhile(String command) throws Exception {
        boolean good = command.startsWith("sleep");
        String before = container("backend");
        String sha = commit(text -> text.replace("[\"sleep\", \"100000\"]", "[sh, -c, " + command + "]")
                .replace("    healthcheck: { test: [\"CMD\", \"true\"], interval: 1s }\n", ""));

        DeployResult result = preprod.deploy(rolling(), sha);

        assertThat(result.outcome()).isEqualTo(good ? Outcome.DONE : Outcome.ROLLED_BACK);
        assertThat(result.error()).contains(good ? "" : " is exited (exit status 7)");
        assertThat(container("backend").equals(before)).isEqualTo(!good);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "front   | 300000 | 400000 | front (it has the fixed name",
                "front   | 300000 | 400000 | it publishes the fixed host port 127.0.0.1:",
                "backend | init: true | network_mode: host | backend (it lives in the network of another (network_mode: host))",
                "backend | init: true | volumes: [\"./data:/data\"] | backend (both would write to "
            })
    void whatCannotRunTwiceIsRefusedBeforeAnythingIsTouched(String service, String from, String to, String reason)
            throws Exception {
        String before = preprod.startedAt("api") + preprod.startedAt("backend") + preprod.startedAt("front");
        String live = preprod.stack.live();
        String sha = commit(text -> {
            int at = text.indexOf("  " + service + ":");
            return text.substring(0, at) + text.substring(at).replaceFirst(from, to);
        });

        DeployResult result = preprod.deploy(rolling(), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("strategy: rolling cannot run old and new containers side by side of ")
                .contains(reason)
                .contains("name in rolling.services the services that can be rolled");
        assertThat(preprod.startedAt("api") + preprod.startedAt("backend") + preprod.startedAt("front"))
                .isEqualTo(before);
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.events()).endsWith("deploy.started", "deploy.failed");
    }

    @Test
    void servicesThatAreNotToBeRolledAreRecreated() throws Exception {
        String front = container("front");
        String api = container("api");
        String sha = commit(text -> text.replace("300000", "400000").replace("release 1", "release 2"));
        RollingSettings named = new RollingSettings(Duration.ofMillis(100), Optional.empty(), List.of("api"));
        RollingSettings wrong = new RollingSettings(Duration.ZERO, Optional.empty(), List.of("apx"));

        DeployResult refused = preprod.deploy(with(it -> it.rolling = Optional.of(wrong)), sha);
        DeployResult result = preprod.deploy(with(it -> it.rolling = Optional.of(named)), sha);

        assertThat(refused.error())
                .startsWith("rolling.services: the compose files define no service apx. They define ");
        assertThat(result.error()).isEmpty();
        assertThat(names(result.phases()))
                .containsSubsequence("up front", "roll api")
                .doesNotContain("up");
        assertThat(container("front")).isNotEqualTo(front);
        assertThat(arguments("front")).isEqualTo("[400000]");
        assertThat(container("api")).isNotEqualTo(api);
    }

    @Test
    void theNumberOfContainersIsThatOfTheFile() throws Exception {
        String one = container("api");
        String two = commit(text -> text.replaceFirst("init: true", "scale: 2"));
        assertThat(preprod.deploy(rolling(), two).error()).isEmpty();
        String both = container("api");
        String again =
                commit(text -> text.replaceFirst("init: true", "scale: 2").replace("release 1", "release 3"));

        assertThat(preprod.deploy(rolling(), again).error()).isEmpty();

        assertThat(both.lines()).hasSize(2).doesNotContain(one);
        assertThat(container("api").lines())
                .hasSize(2)
                .doesNotContainAnyElementsOf(both.lines().toList());
        assertThat(preprod.lines).contains("api: 2 new beside 2 old.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the same", "the one before"})
    void whatWasCutOffHalfWayIsMendedByTheNextRunWhateverItDeploys(String next) throws Exception {
        String before = preprod.stack.live();
        String sha = commit(text -> text.replace("release 1", "release 2"));
        CuttableProxy network = CuttableProxy.before(preprod.server.port());
        preprod.atPhase = phase -> {
            if (phase.equals("roll api")) {
                Executors.newSingleThreadExecutor().execute(() -> {
                    await().until(() -> container("api").lines().count() == 2);
                    network.refuse();
                });
            }
        };
        Environment cut = with(it -> it.host = preprod.server.settings(network.port()));

        DeployFirstException failure = catchThrowableOfType(
                DeployFirstException.class,
                () -> preprod.flows(cut, List.of()).deploy(new DeployRequest(new CommitSha(sha), false)));
        network.close();
        await().until(preprod::isFree);
        assertThat(failure.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(container("api").lines()).hasSize(2);

        DeployResult result;
        Load load = Load.on(proxy.url());
        try (load) {
            result = preprod.deploy(rolling(), next.equals("the same") ? sha : before);
        }

        assertThat(result.error()).isEmpty();
        assertThat(load.failures()).isEmpty();
        assertThat(container("api").lines()).hasSize(1);
        assertThat(preprod.host("docker exec " + container("api") + " cat /www/index.html"))
                .isEqualTo(next.equals("the same") ? "release 2" : "release 1");
    }

    /** Version 2 hashes a service with an env_file otherwise when it is asked than when it makes a container. */
    @Test
    void aHashThatComposeTellsWronglyChangesNothing(@TempDir Path wrong) throws Exception {
        UnaryOperator<String> unnamed = text -> text.replaceAll(" *container_name: .*\n", "");
        assertThat(preprod.deploy(recreating(), commit(unnamed)).error()).isEmpty();
        String before = preprod.startedAt("api") + preprod.startedAt("backend") + preprod.startedAt("front");
        String docker = Tool.run(wrong, "sh", "-c", "command -v docker");
        Tool.write(wrong.resolve("bin/docker"), """
                #!/bin/sh
                [ "$1" = compose ] || exec %s "$@"
                shift
                case " $* " in
                  *' --hash '*) docker-compose "$@" | sed 's/ .*/ another/' ;;
                  *) exec docker-compose "$@" ;;
                esac
                """.formatted(docker));
        Tool.run(wrong, "chmod", "+x", "bin/docker");
        String path = wrong.resolve("bin") + ":" + System.getenv("PATH");

        DeployResult result;
        try (SshServer server = SshServer.start(wrong.resolve("sshd"), preprod.stack.home(), path)) {
            String sha = preprod.stack.release("nothing new");
            result = preprod.deploy(with(it -> it.host = server.settings()), sha);
        }

        assertThat(result.error()).isEmpty();
        assertThat(names(result.phases())).contains("roll api", "up front");
        assertThat(preprod.startedAt("api") + preprod.startedAt("backend") + preprod.startedAt("front"))
                .isEqualTo(before);
    }

    private static String commit(UnaryOperator<String> change) {
        return preprod.stack.commit("Change the services", Map.of("docker-compose.yml", change.apply(file)));
    }

    private static Environment recreating() {
        return with(it -> it.rolling = Optional.empty());
    }

    private static Environment rolling() {
        return with(it -> {});
    }

    private static Environment with(Consumer<EnvironmentBuilder> difference) {
        return preprod.with(it -> {
            it.action(ComposeSettings.Action.UP);
            it.health = new HealthSettings(
                    Optional.empty(),
                    false,
                    List.of("api", "backend", "front"),
                    Optional.empty(),
                    new GateTiming(Duration.ofSeconds(10), 2, Duration.ofMillis(300), Duration.ofSeconds(5)));
            it.rolling =
                    Optional.of(new RollingSettings(Duration.ofSeconds(2), Optional.of("rm /www/health"), List.of()));
            difference.accept(it);
        });
    }

    private static String container(String service) {
        return preprod.stack.container(service);
    }

    private static String arguments(String service) {
        return preprod.host("docker inspect -f '{{.Args}}' " + container(service));
    }
}

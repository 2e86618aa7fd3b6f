package io.jenkins.plugins.deployfirst.examples;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code examples/ssh-build-on-host} as it stands: merge requests, and main built and deployed on the host. */
@ExtendWith(RealHost.class)
@WithJenkins
class SshBuildOnHostTest {
    private static final String COMPOSE_FILE = "docker-compose.prod.yml";
    private static final String HEALTH = "backend/www/health";

    @TempDir
    private static Path root;

    private static Example example;
    private static Server server;
    private static Site shop;
    private static TlsProxy proxy;
    private static WorkflowJob main;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setLabelString("docker");
        example = Example.start(jenkins, root, "ssh-build-on-host");
        server = Server.start(root, "shop-ssh");
        shop = server.site("shop", "shop");
        proxy = TlsProxy.before(root, "http://127.0.0.1:" + shop.port);
        example.repository.cloneTo(shop.directory());
        shop.settings(
                "SHOP_IMAGE=" + shop.project.name() + "-backend",
                "SHOP_PORT=" + shop.port,
                "DATABASE_IMAGE=" + Example.STAND_IN);
        example.configure(values());
        main = example.job("Jenkinsfile");
    }

    private static Map<String, String> values() {
        Map<String, String> values = new HashMap<>(server.values("SHOP"));
        values.put("SHOP_DIRECTORY", shop.directory().toString());
        values.put("SHOP_PROJECT", shop.project.name());
        values.put("SHOP_URL", proxy.url());
        values.put("DATABASE_IMAGE", Example.STAND_IN);
        return values;
    }

    @AfterAll
    static void stop() {
        example.close();
        proxy.close();
        shop.close();
        server.close();
        Example.removeImages(shop.project.name() + "-backend");
    }

    /** The first release runs, and its schema is there. */
    @BeforeEach
    void startAnew() {
        example.repository.reset(example.first());
        shop.run("git fetch -q && git reset -q --hard " + example.first());
        shop.forget();
        shop.compose(COMPOSE_FILE, "up -d --build");
        revision("?1");
    }

    @Test
    void mainIsBuiltOnTheHostAndMigratedBeforeTheNewBackendStarts() throws Exception {
        String sha = release(2, "echo \"$1: orders\"");

        String log = log(Result.SUCCESS, Example.build(main));

        assertThat(log).containsSubsequence("lint.sh", "test.sh", "Running upgrade 1 -> 2", "up: orders", " up …");
        assertThat(shop.page("health")).isEqualTo("release 2");
        assertThat(revision()).isEqualTo("2");
        assertThat(shop.run("git rev-parse HEAD")).isEqualTo(sha);
        assertThat(log).doesNotContain(server.secrets()).doesNotContain("127.0.0.1:" + server.port());
        // A start of the application migrates nothing.
        assertThat(shop.run("docker logs " + shop.project.container("backend") + " 2>&1"))
                .isEqualTo("Serving release 2");
    }

    @Test
    void anUnhealthyReleaseIsTakenBackToTheImageBeforeIt() throws Exception {
        String before = shop.imageId("backend");
        release(2, "echo \"$1: orders\"");
        example.repository.commit("Need a setting", Map.of("backend/trouble", "Traceback: no setting\n"));

        String log = log(Result.FAILURE, Example.build(main));

        assertThat(log).contains("Traceback: no setting", "Running downgrade 2 -> 1");
        assertThat(shop.page("health")).isEqualTo("release 1");
        assertThat(shop.imageId("backend")).isEqualTo(before);
        assertThat(revision()).isEqualTo("1");
        assertThat(shop.run("git rev-parse HEAD")).isEqualTo(example.first());
        assertThat(log).doesNotContain(server.secrets()).doesNotContain("127.0.0.1:" + server.port());
    }

    @Test
    void aConnectionThatFailsNamesNeitherHostNorUser() throws Exception {
        Map<String, String> values = values();
        release(2, "echo \"$1: orders\"");
        try {
            values.put("SHOP_ADDRESS", "somebody@127.0.0.2:1");
            example.configure(values);

            assertThat(log(Result.FAILURE, Example.build(main)))
                    .contains("**** cannot be reached: connection refused")
                    .doesNotContain("somebody", "127.0.0.2");
        } finally {
            example.configure(values());
        }
    }

    @Test
    void aMigrationThatFailsLeavesEverythingRunning() throws Exception {
        String running = shop.running();
        release(2, "echo cannot alter the table; exit 3");

        assertThat(log(Result.FAILURE, Example.build(main))).contains("cannot alter the table");

        assertThat(shop.running()).isEqualTo(running);
        assertThat(shop.page("health")).isEqualTo("release 1");
        assertThat(revision()).isEqualTo("1");
    }

    @Test
    void nothingIsDeployedThatLintOrTestsRefuse() throws Exception {
        String running = shop.running();
        example.repository.commit("Write badly", Map.of(HEALTH, "release  2\n"));
        assertThat(log(Result.FAILURE, Example.build(main))).doesNotContain("composeDeploy");
        example.repository.commit("Write nonsense", Map.of(HEALTH, "nonsense\n"));
        assertThat(log(Result.FAILURE, Example.build(main))).contains("test.sh").doesNotContain("composeDeploy");

        assertThat(shop.running()).isEqualTo(running);
    }

    @Test
    void mergeRequestsAreCheckedUpDownAndUpAndNotDeployed() throws Exception {
        String running = shop.running();
        release("orders", 2, "echo \"$1: orders\"");
        WorkflowJob request = example.job("Jenkinsfile", GitScm.mergeRequest(example.repository.path(), "orders"));

        assertThat(log(Result.SUCCESS, Example.build(request)))
                .containsSubsequence(
                        "lint.sh",
                        "test.sh",
                        "Running upgrade 1 -> 2",
                        "Running downgrade 2 -> 1",
                        "Running upgrade 1 -> 2")
                .doesNotContain("composeDeploy");

        release("orders", 3, "[ \"$1\" = up ]");
        assertThat(log(Result.FAILURE, Example.build(request))).contains("Mend the downgrade of the newest migration");
        assertThat(shop.running()).isEqualTo(running);
    }

    private static String release(int number, String migration) {
        return release("main", number, migration);
    }

    private static String release(String branch, int number, String migration) {
        return example.repository.commit(
                branch,
                "Release " + number,
                Map.of(
                        HEALTH,
                        "release " + number + "\n",
                        "backend/release",
                        number + "\n",
                        "backend/migrations/" + number + "_more",
                        migration + "\n"));
    }

    private static String revision() {
        return revision("");
    }

    /** Asks the database how far its schema is, or tells it with a query. */
    private static String revision(String query) {
        return shop.run("docker exec " + shop.project.container("db")
                + " wget -q -O - 'http://127.0.0.1:5432/cgi-bin/revision" + query + "'");
    }
}

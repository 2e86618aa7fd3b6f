package io.jenkins.plugins.deployfirst.examples;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

/** {@code examples/two-compose-stacks} as it stands: four images, deployed beside an infrastructure stack. */
@ExtendWith(RealHost.class)
@WithJenkins
class TwoComposeStacksTest {
    private static final String COMPOSE_FILE = "docker-compose.app.yml";
    private static final String STATUS = "backend/www/api/v1/system/status/index.html";
    private static final List<String> IMAGES = List.of("app-backend", "app-frontend", "app-marketing", "app-sites");

    @TempDir
    private static Path root;

    private static Example example;
    private static ImageRegistry registry;
    private static Server server;
    private static Site infra;
    private static Site app;
    private static WorkflowJob job;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setLabelString("docker");
        example = Example.start(jenkins, root, "two-compose-stacks");
        registry = ImageRegistry.start(root.resolve("registry"));
        Credentials.password("registry", ImageRegistry.USER, ImageRegistry.PASSWORD);
        server = Server.start(root, "app-ssh");
        infra = server.site("infra", "infra");
        infra.settings(
                "APP_NETWORK=" + network(),
                "POSTGRES_IMAGE=" + Example.STAND_IN,
                "REDIS_IMAGE=" + Example.STAND_IN,
                "POSTGRES_CONTAINER=" + postgres(),
                "REDIS_CONTAINER=" + infra.project.name() + "-redis");
        example.place("docker-compose.infra.yml", infra.directory());
        infra.compose("docker-compose.infra.yml", "up -d");
        app = server.site("app", "app");
        app.settings("REGISTRY=" + registry.host(), "BACKEND_PORT=" + app.port, "APP_NETWORK=" + network());
        example.place(COMPOSE_FILE, app.directory());
        job = example.job("Jenkinsfile");
        configure(network());
        deploy(Result.SUCCESS);
    }

    private static String network() {
        return infra.project.name() + "_app_net";
    }

    private static String postgres() {
        return infra.project.name() + "-postgres";
    }

    @AfterAll
    static void stop() {
        example.close();
        app.close();
        infra.close();
        server.close();
        registry.close();
        Example.removeImages(registry.host() + "/*");
    }

    @BeforeEach
    void startAnew() throws Exception {
        example.repository.reset(example.first());
        example.place(COMPOSE_FILE, app.directory());
        infra.compose("docker-compose.infra.yml", "start");
        infra.run("docker exec " + postgres() + " wget -q -O - 'http://127.0.0.1:5432/cgi-bin/revision?1'");
        configure(network());
    }

    @Test
    void fourImagesAreBuiltPushedAndBroughtUpAfterTheMigration() throws Exception {
        String infrastructure = infra.running();
        String sha = release(2, "echo \"$1: orders\"");

        String log = deploy(Result.SUCCESS);

        for (String image : IMAGES) {
            assertThat(registry.holds(image, sha)).as(image).isTrue();
            assertThat(registry.holds(image, "latest")).as(image).isTrue();
        }
        assertThat(log).containsSubsequence("up: orders", "Recreating " + app.project.name() + "_backend_1");
        assertThat(status()).isEqualTo("release 2");
        assertThat(app.settings())
                .isEqualTo("REGISTRY=" + registry.host() + "\nBACKEND_PORT=" + app.port + "\nAPP_NETWORK=" + network()
                        + "\nIMAGE_TAG=" + sha);
        assertThat(app.project.services())
                .containsExactly("backend", "frontend", "marketing", "scheduler", "sites", "worker");
        String image = Tool.run(
                root, "docker", "image", "inspect", "--format", "{{.Id}}", registry.host() + "/app-backend:" + sha);
        assertThat(List.of("backend", "worker", "scheduler"))
                .allSatisfy(service -> assertThat(app.imageId(service)).isEqualTo(image));
        assertThat(infra.running()).isEqualTo(infrastructure);
        assertThat(log).doesNotContain(server.secrets()).doesNotContain(ImageRegistry.PASSWORD);
    }

    @Test
    void aBuildThatFailsNamesItsImageAndNothingIsPushedOrDeployed() throws Exception {
        String running = app.running();
        String sha = example.repository.commit(
                "Break the sites", Map.of("sites/Dockerfile.dev", "FROM " + Example.STAND_IN + "\nRUN no-such-tool\n"));

        String log = deploy(Result.FAILURE);

        assertThat(log).contains("ERROR: The build of the image app-sites ").contains("no-such-tool");
        assertThat(IMAGES).noneMatch(image -> registry.holds(image, sha));
        assertThat(app.running()).isEqualTo(running);
    }

    @Test
    void nothingIsTouchedWithoutTheInfrastructure() throws Exception {
        String running = app.running();
        release(2, "echo \"$1: orders\"");

        infra.run("docker stop -t 1 " + postgres());
        assertThat(deploy(Result.FAILURE)).contains(postgres());
        assertThat(app.running()).isEqualTo(running);

        infra.run("docker start " + postgres());
        configure("no_such_net");
        assertThat(deploy(Result.FAILURE)).contains("no_such_net");
        assertThat(app.running()).isEqualTo(running);
    }

    @Test
    void aMigrationThatFailsLeavesEverythingRunning() throws Exception {
        String running = app.running();
        String settings = app.settings();
        release(3, "echo cannot alter the table; exit 3");

        assertThat(deploy(Result.FAILURE)).contains("cannot alter the table");

        assertThat(app.running()).isEqualTo(running);
        assertThat(app.settings()).isEqualTo(settings);
    }

    @Test
    void anUnhealthyBackendBlocksTheFrontendAndGoesBackAndItsLogsAreShown() throws Exception {
        release(2, "echo \"$1: orders\"");
        deploy(Result.SUCCESS);
        String before = app.imageId("backend");
        String settings = app.settings();
        Tool.run(example.repository.work(), "rm", STATUS);
        example.repository.commit("Lose a setting", Map.of("backend/trouble", "Traceback: no SECRET_KEY\n"));

        String log = deploy(Result.FAILURE);

        assertThat(log).contains("Traceback: no SECRET_KEY");
        assertThat(status()).isEqualTo("release 2");
        assertThat(app.imageId("backend")).isEqualTo(before);
        assertThat(app.imageId("worker")).isEqualTo(before);
        assertThat(app.settings()).isEqualTo(settings);
    }

    @Test
    void sourceThatIsMountedOverAnImageIsWarnedOf() throws Exception {
        Tool.run(
                app.directory(),
                "cp",
                "-R",
                example.repository.work().resolve("backend").toString(),
                ".");
        Path file = app.directory().resolve(COMPOSE_FILE);
        Tool.write(file, Tool.read(file).replace("  worker: ", "    volumes: [\"./backend:/app\"]\n  worker: ") + "\n");

        assertThat(deploy(Result.SUCCESS))
                .contains("warning: backend: " + app.directory().resolve("backend")
                        + " of the host is mounted over /app, so that the code there runs and not the image's.");
    }

    private static String deploy(Result result) throws Exception {
        return log(result, Example.build(job));
    }

    private static String status() {
        return app.page("api/v1/system/status/");
    }

    private static String release(int number, String migration) {
        return example.repository.commit(
                "Release " + number,
                Map.of(
                        STATUS,
                        "release " + number + "\n",
                        "backend/release",
                        number + "\n",
                        "backend/migrations/" + number + "_more",
                        migration + "\n"));
    }

    private static void configure(String network) throws Exception {
        Map<String, String> values = new HashMap<>(server.values("APP"));
        values.put("APP_DIRECTORY", app.directory().toString());
        values.put("APP_PROJECT", app.project.name());
        values.put("APP_NETWORK", network);
        values.put("APP_POSTGRES", postgres());
        values.put("APP_REDIS", infra.project.name() + "-redis");
        values.put("APP_URL", app.url());
        values.put("REGISTRY_URL", "http://" + registry.host());
        example.configure(values);
    }
}

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

/** {@code examples/hosted-hook} as it stands: one image, run by a platform, or by a server behind a reverse proxy. */
@ExtendWith(RealHost.class)
@WithJenkins
class HostedHookTest {
    @TempDir
    private static Path root;

    private static Example example;
    private static ImageRegistry registry;
    private static Platform platform;
    private static Server server;
    private static Site web;
    private static WorkflowJob main;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setLabelString("docker");
        example = Example.start(jenkins, root, "hosted-hook");
        registry = ImageRegistry.start(root.resolve("registry"));
        platform = Platform.start(root, registry);
        server = Server.start(root, "server-ssh");
        Credentials.password("registry", ImageRegistry.USER, ImageRegistry.PASSWORD);
        Credentials.text("deploy-hook", platform.hook());
        web = server.site("server", "web");
        web.settings("REGISTRY=" + registry.host(), "PROXY_IMAGE=" + pushed(Example.nginx()), "PROXY_PORT=" + web.port);
        example.place("docker-compose.yml", web.directory());
        example.place("nginx.conf", web.directory());
        Map<String, String> values = new HashMap<>(server.values("SERVER"));
        values.put("SERVER_DIRECTORY", web.directory().toString());
        values.put("SERVER_PROJECT", web.project.name());
        values.put("SERVER_URL", web.url());
        values.put("REGISTRY_URL", "http://" + registry.host());
        values.put("VERSION_URL", platform.url());
        values.put("VERSION_WAIT", "5s");
        example.configure(values);
        main = example.job("Jenkinsfile");
    }

    /** Puts an image into the registry: the server pulls each of its images. */
    private static String pushed(String image) {
        String name = registry.host() + "/nginx:stand-in";
        registry.docker(root, "docker tag \"$1\" \"$2\"; docker push -q \"$2\"", image, name);
        return name;
    }

    @AfterAll
    static void stop() {
        example.close();
        web.close();
        server.close();
        platform.close();
        registry.close();
        Example.removeImages(registry.host() + "/*");
    }

    @BeforeEach
    void startAnew() {
        example.repository.reset(example.first());
        platform.answer();
    }

    @Test
    void mainIsPushedAndThePlatformRunsItAlsoWhenItsHookFailsOnce() throws Exception {
        String sha = release("release 2");
        platform.answer(503);

        String log = log(Result.SUCCESS, Example.build(main));

        assertThat(registry.holds("web", "latest")).isTrue();
        assertThat(registry.holds("web", sha)).isTrue();
        assertThat(platform.answers()).containsExactly(503, 200);
        assertThat(platform.page()).contains(sha);
        assertThat(log).doesNotContain(Platform.SECRET, ImageRegistry.PASSWORD);
    }

    @Test
    void aPlatformThatRefusesTheHookIsNotAskedAgain() throws Exception {
        String before = platform.page();
        release("release 3");
        platform.answer(404);

        assertThat(log(Result.FAILURE, Example.build(main))).contains("404").doesNotContain(Platform.SECRET);

        assertThat(platform.answers()).containsExactly(404);
        assertThat(platform.page()).isEqualTo(before);
    }

    @Test
    void aVersionThatNeverAnswersFailsTheBuild() throws Exception {
        example.repository.commit(
                "Forget the commit",
                Map.of(
                        "Dockerfile",
                        Tool.read(example.repository.work().resolve("Dockerfile"))
                                        .replace("$COMMIT", "?") + "\n"));

        assertThat(log(Result.FAILURE, Example.build(main))).contains("/commit");
    }

    @Test
    void everyBranchIsTestedAndLintedAndOnlyMainIsBuilt() throws Exception {
        WorkflowJob branch = example.job("Jenkinsfile", GitScm.branch(example.repository.path(), "feature"));
        example.repository.commit("feature", "Say feature", Map.of("www/index.html", "release of a feature\n"));
        assertThat(log(Result.SUCCESS, Example.build(branch)))
                .contains("test.sh", "lint.sh")
                .doesNotContain("buildImages", "deployHook");

        example.repository.commit("feature", "Write badly", Map.of("www/index.html", "release  of a feature\n"));
        assertThat(log(Result.FAILURE, Example.build(branch))).contains("lint.sh");

        example.repository.reset(example.first());
        String sha = release("nonsense");
        assertThat(log(Result.FAILURE, Example.build(main))).contains("test.sh").doesNotContain("lint.sh");
        assertThat(registry.holds("web", sha)).isFalse();
        assertThat(platform.answers()).isEmpty();
    }

    @Test
    void aServerBehindAReverseProxyRunsItAndKeepsItWhenTheNextOneIsNotHealthy() throws Exception {
        String good = release("release 4");
        // The first build of a job declares its parameters; until then nobody can give them.
        Example.build(main);
        log(Result.SUCCESS, Example.build(main, "TARGET", "server"));
        assertThat(web.page("version.json")).contains(good);

        String next = release("release 5");
        String log = log(Result.SUCCESS, Example.build(main, "TARGET", "server"));
        assertThat(web.page("version.json")).contains(next);
        assertThat(log).doesNotContain(server.secrets()).doesNotContain(ImageRegistry.PASSWORD);
        String container = web.project.container("web");

        example.repository.commit(
                "Lose the page",
                Map.of(
                        "Dockerfile",
                        Tool.read(example.repository.work().resolve("Dockerfile"))
                                        .replace("version.json", "version.txt")
                                + "\n"));
        log(Result.FAILURE, Example.build(main, "TARGET", "server"));
        assertThat(web.page("version.json")).contains(next);
        assertThat(web.project.container("web")).isEqualTo(container);
    }

    private static String release(String text) {
        return example.repository.commit("Say " + text, Map.of("www/index.html", text + "\n"));
    }
}

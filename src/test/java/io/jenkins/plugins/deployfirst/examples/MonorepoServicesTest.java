package io.jenkins.plugins.deployfirst.examples;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.testing.GitOrigin;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code examples/monorepo-services} as it stands: nine images of one template, staging from main, production from tags. */
@ExtendWith(RealHost.class)
@WithJenkins
class MonorepoServicesTest {
    private static final List<String> SERVICES =
            List.of("accounts", "billing", "catalog", "gateway", "mailer", "orders", "search", "stock", "web");

    @TempDir
    private static Path root;

    @TempDir
    private static Path sharedRoot;

    private static Example example;
    private static ImageRegistry registry;
    private static SshServer git;
    private static Server stagingServer;
    private static Server productionServer;
    private static Site staging;
    private static Site production;
    private static String first;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setLabelString("docker");
        example = Example.start(jenkins, root, "monorepo-services");
        registry = ImageRegistry.start(root.resolve("registry"));
        Credentials.password("registry", ImageRegistry.USER, ImageRegistry.PASSWORD);
        stagingServer = Server.start(root, "staging-ssh");
        productionServer = Server.start(root, "production-ssh");
        staging = place(stagingServer.site("staging", "services"));
        production = place(productionServer.site("production", "services"));
        Credentials.file("staging-env", "services.env", "GREETING=hello from staging\n");
        Credentials.file("production-env", "services.env", "GREETING=hello from production\n");
        addSubmodule();
        Map<String, String> values = new HashMap<>(stagingServer.values("STAGING"));
        values.putAll(productionServer.values("PRODUCTION"));
        values.put("GIT_KNOWN_HOSTS", git.knownHosts(git.port()));
        values.put("STAGING_DIRECTORY", staging.directory().toString());
        values.put("STAGING_PROJECT", staging.project.name());
        values.put("PRODUCTION_DIRECTORY", production.directory().toString());
        values.put("PRODUCTION_PROJECT", production.project.name());
        values.put("REGISTRY_URL", "http://" + registry.host());
        example.configure(values);
    }

    private static Site place(Site site) {
        site.settings("REGISTRY=" + registry.host());
        example.place("docker-compose.yml", site.directory());
        return site;
    }

    /** The shared code is in a repository of its own, which only the key of the credential git-ssh can read. */
    private static void addSubmodule() throws Exception {
        GitOrigin shared = GitOrigin.start(sharedRoot);
        shared.commit("Share something", Map.of("release", "7\n"));
        git = SshServer.start(sharedRoot.resolve("sshd"), sharedRoot.resolve("home"));
        Credentials.key("git-ssh", Server.user(), "", Tool.read(git.clientKey()) + "\n");
        Path work = example.repository.work();
        String url = "ssh://" + Server.user() + "@127.0.0.1:" + git.port() + shared.path();
        Tool.run(
                work,
                Map.of(
                        "GIT_SSH_COMMAND",
                        "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i " + git.clientKey()),
                "git",
                "submodule",
                "--quiet",
                "add",
                url,
                "shared");
        first = release("1");
    }

    @BeforeEach
    void startAnew() {
        example.repository.reset(first);
    }

    @AfterAll
    static void stop() {
        example.close();
        production.close();
        staging.close();
        productionServer.close();
        stagingServer.close();
        git.close();
        registry.close();
        Example.removeImages(registry.host() + "/*");
    }

    @Test
    void mainIsBuiltAndDeployedToStagingWhenSomebodySaysSo() throws Exception {
        String sha = release("2");
        WorkflowJob main = example.job("Jenkinsfile");
        WorkflowRun refused = Example.start(main);
        answer(refused, false);
        log(Result.ABORTED, Pipelines.end(refused));
        assertThat(staging.project.services()).isEmpty();

        WorkflowRun build = Example.start(main);
        answer(build, true);
        String log = log(Result.SUCCESS, Pipelines.end(build));

        assertThat(SERVICES)
                .allMatch(service -> registry.holds(service, "main"))
                .allMatch(service -> registry.holds(service, sha.substring(0, 7)));
        assertThat(staging.project.services()).isEqualTo(SERVICES);
        assertThat(staging.run("docker logs " + staging.project.container("orders") + " 2>&1"))
                .isEqualTo("orders 2, shared 7, hello from staging");
        assertThat(staging.run("ls")).doesNotContain("services.env");
        assertThat(production.project.services()).isEmpty();
        assertThat(log)
                .doesNotContain(stagingServer.secrets())
                .doesNotContain(ImageRegistry.PASSWORD, "hello from staging");

        // A release that does not start is taken back.
        release("3", Map.of("services/web/broken", ""));
        WorkflowRun broken = Example.start(main);
        answer(broken, true);
        assertThat(log(Result.FAILURE, Pipelines.end(broken))).contains("web 3");
        assertThat(staging.run("docker logs " + staging.project.container("web") + " 2>&1"))
                .contains("web 2, shared 7, hello from staging");
    }

    @Test
    void aTagIsBuiltAndDeployedToProductionWhenSomebodySaysSo() throws Exception {
        String sha = release("4");
        Tool.run(example.repository.work(), "git", "push", "-q", "origin", "HEAD:refs/tags/v4.0");
        WorkflowRun build = Example.start(example.job("Jenkinsfile", GitScm.tag(example.repository.path(), "v4.0")));
        answer(build, true);

        String log = log(Result.SUCCESS, Pipelines.end(build));

        assertThat(registry.holds("web", "v4-0")).isTrue();
        assertThat(production.settings()).contains("IMAGE_TAG=" + sha.substring(0, 7));
        assertThat(production.project.services()).isEqualTo(SERVICES);
        assertThat(production.run("docker logs " + production.project.container("orders") + " 2>&1"))
                .isEqualTo("orders 4, shared 7, hello from production");
        assertThat(log).doesNotContain(productionServer.secrets()).doesNotContain("Deploy to staging?");
    }

    /** Answers the question that a build asks before it deploys. */
    private static void answer(WorkflowRun build, boolean yes) throws Exception {
        Pipelines.await("Deploy to ", build);
        await().until(() -> build.getAction(InputAction.class) != null
                && !build.getAction(InputAction.class).getExecutions().isEmpty());
        InputStepExecution question =
                build.getAction(InputAction.class).getExecutions().get(0);
        if (yes) {
            question.proceed(Map.of());
        } else {
            question.doAbort();
        }
    }

    private static String release(String number) {
        return release(number, Map.of());
    }

    private static String release(String number, Map<String, String> more) {
        Map<String, String> files = SERVICES.stream()
                .collect(Collectors.toMap(service -> "services/" + service + "/release", service -> number + "\n"));
        files.putAll(more);
        return example.repository.commit("Release " + number, files);
    }
}

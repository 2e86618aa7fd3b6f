package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvFileDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code composeDeploy} lends to a real host: a login to a real registry, and a secret file. */
class ComposeDeployTest extends OnJenkinsHost {
    private static final String SECRET = "SecretOfTheEnvFile";

    private static ImageRegistry registry;
    private static String image;
    private static StandardCredentials login;
    private static StandardCredentials file;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = ImageRegistry.start(root.resolve("registry"));
        image = registry.push(Stack.IMAGE, "shop:1");
        login = Credentials.password("registry-login", ImageRegistry.USER, ImageRegistry.PASSWORD);
        Credentials.password("wrong-login", ImageRegistry.USER, "WrongPassword");
        file = Credentials.file("app-env", "TOKEN=" + SECRET + "\n");
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
        Tool.works("docker", "rmi", image);
    }

    @BeforeEach
    void forgetTheImage() {
        Tool.works("docker", "rmi", "-f", image);
    }

    @Test
    void aPrivateImageAndASecretFileReachTheContainersAndNothingOfThemIsLeft() throws Exception {
        String sha = release();

        WorkflowRun build = pipelines.run("""
                def done = composeDeploy environment: 'preprod', sha: '%s', services: ['worker'], pull: 'always',
                    registry: [url: 'http://%s', credentialsId: 'registry-login'],
                    envFile: [credentialsId: 'app-env', path: 'app.env']
                echo "worker runs ${done.images.worker.image}, rolled back ${done.rolledBack}"
                """.formatted(sha, registry.host()));

        assertThat(log(Result.SUCCESS, build)).contains("worker runs " + image + ", rolled back false");
        assertThat(host.host("docker exec " + host.stack.container("worker") + " sh -c 'echo $TOKEN'"))
                .isEqualTo(SECRET);
        assertNothingIsLeft(build);
        assertThat(CredentialsProvider.getFingerprintOf(login)).isNotNull();
        assertThat(CredentialsProvider.getFingerprintOf(file)).isNotNull();
    }

    @Test
    void theEnvironmentLendsThemToEveryFlow() throws Exception {
        host.configure(environment -> {
            environment.setRegistry(new DockerRegistryEndpoint("http://" + registry.host(), "registry-login"));
            environment.setEnvFile(new EnvFileDefinition("app-env", "app.env"));
        });
        String sha = release();

        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                rollbackEnvironment environment: 'preprod', to: '%s'
                """.formatted(sha, host.stack.first()));

        assertThat(log(Result.SUCCESS, build)).contains("registry login", "env file");
        assertNothingIsLeft(build);
    }

    @Test
    void aWrongPasswordFailsTheBuildBeforeAnythingIsTouched() throws Exception {
        WorkflowRun build = pipelines.run("""
                composeDeploy environment: 'preprod', sha: '%s',
                    registry: [url: 'http://%s', credentialsId: 'wrong-login']
                """.formatted(release(), registry.host()));

        assertThat(log(Result.FAILURE, build))
                .contains("registry: the login at " + registry.host() + " is refused")
                .doesNotContain("WrongPassword");
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void aCredentialOfAnotherKindIsNamedWithTheField() throws Exception {
        WorkflowRun build = pipelines.run("composeDeploy environment: 'preprod', sha: '" + host.stack.first()
                + "', envFile: [credentialsId: 'registry-login', path: 'app.env']");

        assertThat(log(Result.FAILURE, build))
                .contains("envFile.credentialsId: ", "no credential with the id \"registry-login\"", "\"Secret file\"");
    }

    @Test
    void theLoginOfAStepAroundItCountsWhereTheHostIsTheAgent() throws Exception {
        registry.logIn(root.resolve("around"));
        String name = "local-" + host.stack.project();
        EnvironmentDefinition here = new EnvironmentDefinition(
                name, new LocalHostDefinition(), host.stack.checkout().toString());
        here.setCompose(host.definition("any").getCompose());
        here.setStateFile(host.stack.stateFile().toString());
        DeployFirstConfiguration.get().setEnvironments(List.of(here));
        String sha = host.stack.commit(
                "Private", Map.of("docker-compose.yml", compose().replace(Stack.IMAGE, image)));
        try {
            WorkflowRun build = pipelines.run("""
                    node {
                        withEnv(['DOCKER_CONFIG=%s']) { composeDeploy environment: '%s', sha: '%s' }
                    }
                    """.formatted(root.resolve("around"), name, sha));

            assertThat(log(Result.SUCCESS, build)).contains("Downloaded newer image for " + image);
        } finally {
            Tool.run(root, "sh", "-c", "rm -rf -- ~/.deploy-first/" + name);
        }
    }

    private static String release() {
        String changed = compose()
                .replace("command: [\"sleep\", \"100000\"]", "command: [\"sleep\", \"200000\"]\n    env_file: app.env")
                .replace(Stack.IMAGE, image);
        return host.stack.commit(
                "Private image",
                Map.of("docker-compose.yml", changed.replace("env_file: app.env", "env_file: [app.env]")));
    }

    private static String compose() {
        return host.stack.composeFile("");
    }

    private static void assertNothingIsLeft(WorkflowRun build) throws Exception {
        String told =
                Tool.run(build.getRootDir().toPath(), "sh", "-c", "cat build.xml log workflow*/* 2>/dev/null; true");
        assertThat(told + Tool.read(host.stateDirectory().resolve("journal.jsonl")))
                .isNotEmpty()
                .doesNotContain(SECRET, "s3cret");
        assertThat(host.stack.checkout().resolve("app.env")).doesNotExist();
        assertThat(host.stateDirectory().resolve("docker")).doesNotExist();
    }
}

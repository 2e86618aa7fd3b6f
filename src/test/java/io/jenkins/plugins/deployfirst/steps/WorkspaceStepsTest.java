package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Fingerprint;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprintAction;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code buildImages} and {@code migrationCheck} on an agent that has a real Docker, with a real registry. */
@ExtendWith(RealHost.class)
@WithJenkins
class WorkspaceStepsTest {
    private static final String PREFIX = "df" + UUID.randomUUID().toString().substring(0, 8);

    /** A checkout with two services and a commit. */
    private static final String CHECKOUT = """
            for (service in ['billing', 'search']) {
                writeFile file: "services/$service/Dockerfile", text: "FROM %s\\nRUN echo $service > /name\\n"
            }
            sh 'git init -q -b main . && git add -A && git -c user.name=A -c user.email=a@example.com commit -qm First'
            """.formatted(Stack.IMAGE);

    @TempDir
    private static Path root;

    private static ImageRegistry registry;
    private static SshServer server;
    private static Pipelines pipelines;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        pipelines = new Pipelines(rule);
        rule.createOnlineSlave(Label.get("builder"));
        Stack.buildImage(root);
        registry = ImageRegistry.start(root.resolve("registry"));
        server = SshServer.start(root.resolve("sshd"), root.resolve("home"));
        Credentials.password("registry", ImageRegistry.USER, ImageRegistry.PASSWORD);
        Credentials.text("text", "SecretOfTheTests");
        Credentials.key("git-ssh", System.getProperty("user.name"), "", Tool.read(server.clientKey()) + "\n");
    }

    @AfterAll
    static void stop() {
        registry.close();
        server.close();
        Tool.run(
                root,
                "sh",
                "-c",
                "docker images --format '{{.Repository}}:{{.Tag}}' | grep -F " + PREFIX
                        + " | xargs -r docker rmi -f >/dev/null");
    }

    private static WorkflowRun onAgent(String script) throws Exception {
        return pipelines.run("node('builder') {\n" + script + "\n}");
    }

    private static String registryUrl() {
        return "http://" + registry.host();
    }

    private static void assertNoSecret(WorkflowRun build, String log) throws Exception {
        assertThat(log).doesNotContain("s3cret", "PRIVATE KEY");
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .doesNotContain("s3cret", "PRIVATE KEY");
    }

    @Test
    void aMatrixOfImagesIsBuiltPushedAndRemembered() throws Exception {
        WorkflowRun build = onAgent(CHECKOUT + """
                def done = buildImages images: [[name: "%s-{service}", context: 'services/{service}',
                        labels: [number: 7], buildArgs: [WHO: "the ${'search'}"]]],
                    matrix: [service: ['billing', 'search']],
                    tags: ['latest', '{branchSlug}-{shortSha}'], branch: 'feature/Basket',
                    registry: [url: '%s', credentialsId: 'registry']
                for (image in done.images) { echo "built ${image.name} ${image.id} ${image.digest} ${image.tags[1]}" }
                echo "digests ${done.digests}"
                """.formatted(PREFIX, registryUrl()));

        String log = log(Result.SUCCESS, build);
        assertNoSecret(build, log);
        for (String service : new String[] {"billing", "search"}) {
            String name = PREFIX + "-" + service;
            Matcher built = Pattern.compile("built " + name + " (sha256:\\w{64}) (sha256:\\w{64}) (\\S+)")
                    .matcher(log);
            assertThat(built.find()).as(log).isTrue();
            assertThat(built.group(3)).matches(registry.host() + "/" + name + ":feature-basket-[0-9a-f]{7}");
            assertThat(registry.holds(name, built.group(2))).isTrue();
            for (String id : new String[] {built.group(1), built.group(2)}) {
                Fingerprint fingerprint = DockerFingerprints.of(id);
                assertThat(fingerprint).isNotNull();
                assertThat(fingerprint
                                .getRangeSet(build.getParent().getFullName())
                                .includes(build.getNumber()))
                        .isTrue();
            }
            assertThat(build.getAction(DockerFingerprintAction.class).getImageIDs())
                    .contains(built.group(1));
            assertThat(log).contains("digests [").contains(registry.host() + "/" + name + "@" + built.group(2));
            assertThat(log).contains("| [" + name + "] ");
        }
        Fingerprint use = CredentialsProvider.getFingerprintOf(
                CredentialsProvider.findCredentialById("registry", StandardCredentials.class, build));
        assertThat(use.getRangeSet(build.getParent().getFullName()).includes(build.getNumber()))
                .isTrue();
    }

    @Test
    void insideDockerWithRegistryItsLoginAndItsAddressAreUsed() throws Exception {
        WorkflowRun build = onAgent(CHECKOUT + """
                docker.withRegistry('%s', 'registry') {
                    def done = buildImages images: [[name: '%s-inside', context: 'services/billing']], tags: ['latest']
                    echo "digests ${done.digests}"
                }
                """.formatted(registryUrl(), PREFIX));

        assertThat(log(Result.SUCCESS, build))
                .contains("digests [" + PREFIX + "-inside:" + registry.host() + "/" + PREFIX + "-inside@sha256:");
        assertThat(registry.holds(PREFIX + "-inside", "latest")).isTrue();
    }

    @Test
    void insideDockerWithServerItsDaemonIsUsed() throws Exception {
        WorkflowRun build = onAgent(CHECKOUT + """
                docker.withServer('unix:///nowhere/docker.sock') {
                    buildImages images: [[name: '%s-nowhere', context: 'services/billing']], push: false
                }
                """.formatted(PREFIX));

        assertThat(log(Result.FAILURE, build))
                .contains("ERROR: docker does not work on this node")
                .contains("/nowhere/docker.sock");
    }

    @Test
    void declarativePipelinesBringSubmodulesByAKey() throws Exception {
        Path library = root.resolve("library");
        Tool.run(root, "git", "init", "-q", "-b", "main", library.toString());
        Tool.write(library.resolve("greeting"), "Hello from the submodule");
        Tool.run(library, "git", "add", "-A");
        Tool.run(library, "git", "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "First");
        String url = "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + server.port() + library;

        WorkflowRun build = pipelines.declarative("{ label 'builder' }", """
                writeFile file: 'Dockerfile', text: 'FROM %1$s\\nCOPY library/greeting /greeting\\n'
                writeFile file: '.gitmodules', text: '[submodule "library"]\\n path = library\\n url = %2$s\\n'
                sh 'git init -q -b main . && git add -A && git update-index --add --cacheinfo 160000,%3$s,library'
                sh 'git -c user.name=A -c user.email=a@example.com commit -qm First'
                buildImages images: [[name: '%4$s-greeting']], push: false, tags: ['latest'],
                    submodules: [credentialsId: 'git-ssh', knownHosts: '%5$s']
                sh 'docker run --rm %4$s-greeting cat /greeting'
                """.formatted(
                        Stack.IMAGE,
                        url,
                        Tool.run(library, "git", "rev-parse", "HEAD"),
                        PREFIX,
                        server.knownHosts(server.port())));

        String log = log(Result.SUCCESS, build);
        assertThat(log).contains("Hello from the submodule");
        assertNoSecret(build, log);
    }

    @Test
    void aFailingImageFailsTheBuildByItsName() throws Exception {
        WorkflowRun build = onAgent("""
                writeFile file: 'Dockerfile', text: 'FROM %s\\nRUN echo no such module && exit 3\\n'
                buildImages images: [[name: '%s-broken']], tags: ['latest'],
                    registry: [url: '%s', credentialsId: 'registry']
                """.formatted(Stack.IMAGE, PREFIX, registryUrl()));

        assertThat(log(Result.FAILURE, build))
                .contains("ERROR: The build of the image " + PREFIX + "-broken failed with exit status 3: ")
                .contains("warning: The end of what the build of " + PREFIX + "-broken printed:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images: [[name: 'Shop']]|images.name: \"Shop\" is not the name of an image",
                "images: []|images: is empty",
                "images: [[name: 'a'], [name: 'a']]|images: two of them are named a",
                "images: [[name: 'a', context: '../..']]|images.a.context: \"../..\" is outside the workspace",
                "images: [[name: 'a', context: 'none']]|images.a.context: \"none\" is not there",
                "images: [[name: 'a']]|images.a.dockerfile: \"./Dockerfile\" is not there",
                "images: [[name: 'a']], tags: ['{commit}']|tags: \"{commit}\" in \"{commit}\" is not known",
                "images: [[name: 'a']], concurrency: 0|concurrency: 0 is not between 1 and 32",
                "images: [[name: 'a']], timeout: 'soon'|timeout: \"soon\" is not a duration",
                "images: [[name: 'a']], sha: 'main'|sha: \"main\" is not a commit SHA",
                "images: [[name: 'a']], matrix: [service: []]|matrix.service: has no values",
                "images: [[name: 'a']], registry: [url: 'https://r/x/y']|registry.url: \"https://r/x/y\" is not",
                "images: [[name: 'a']], registry: [url: 'https://r', credentialsId: 'no']|registry.credentialsId: ",
                "images: [[name: 'a']], registry: [url: 'https://r', credentialsId: 'text']|is of another kind",
                "images: [[name: 'a']], submodules: [credentialsId: 'text']|submodules.credentialsId: ",
                "images: [[name: 'a']], submodules: [knownHosts: 'x']|submodules.knownHosts: \"x\" is not a line"
            })
    void whatIsWrongIsToldWithItsField(String arguments, String message) throws Exception {
        String log = log(Result.FAILURE, onAgent("deleteDir()\nbuildImages " + arguments));

        assertThat(log).contains("ERROR: ").contains(message).doesNotContain("SecretOfTheTests");
    }

    @Test
    void abortingEndsWhatIsBuilt() throws Exception {
        String mark = PREFIX + "-slow";
        WorkflowRun build = pipelines.start("""
                node('builder') {
                    writeFile file: 'Dockerfile', text: 'FROM %s\\nRUN echo here && sleep 1000 # %s\\n'
                    buildImages images: [[name: '%s']], tags: ['latest'], push: false
                }
                """.formatted(Stack.IMAGE, mark, mark));
        Pipelines.await("[" + mark + "] here", build);

        build.doStop();

        log(Result.ABORTED, Pipelines.end(build));
        await().until(() -> !Tool.run(root, "docker", "ps", "--no-trunc").contains(mark));
    }

    @Test
    void migrationsAreTriedInAnImage() throws Exception {
        WorkflowRun build = pipelines.declarative("{ label 'builder' }", """
                script {
                    def done = migrationCheck image: '%1$s', up: 'echo | nc -w 2 db 5432 && [ "$NAME" = "two words" ]', down: 'true',
                        database: [image: '%1$s', environment: [PORT: 5432], ready: 'echo | nc -w 2 127.0.0.1 5432'],
                        environment: [NAME: 'two words'], readyTimeout: '30s'
                    echo "tried ${done.steps*.name}"
                }
                """.formatted(listening()));

        assertThat(log(Result.SUCCESS, build)).contains("tried [first upgrade, downgrade, second upgrade]");
    }

    /** Returns an image that listens on the port that its variable PORT says. */
    private static String listening() {
        String name = PREFIX + "-listening";
        Path folder = root.resolve("listening");
        Tool.write(folder.resolve("Dockerfile"), "FROM " + Stack.IMAGE + "\nCMD nc -ll -p \"$PORT\" -e /bin/true\n");
        Tool.run(folder, "docker", "build", "-q", "-t", name, ".");
        return name;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: 'IMAGE', up: 'exit 4', down: 'true'|The first upgrade failed with exit status 4",
                "image: 'IMAGE', up: '', down: 'true'|up: is missing",
                "up: 'true', down: 'true'|image: is missing, and so is service",
                "image: 'IMAGE', service: 'x', up: 'true', down: 'true'|image and service: both are given",
                "image: 'IMAGE', files: ['x.yml'], up: 'true', down: 'true'|files: go with service",
                "image: 'IMAGE', environment: [PATH: '/x'], up: 'true', down: 'true'|environment: PATH would change",
                "image: 'IMAGE', timeout: 'x', up: 'true', down: 'true'|timeout: \"x\" is not a duration",
                "service: 'x', files: ['none.yml'], up: 'true', down: 'true'|files: compose refuses them: "
            })
    void migrationsThatFailOrAreNotDescribedRightFailTheBuild(String arguments, String message) throws Exception {
        WorkflowRun build = onAgent("migrationCheck " + arguments.replace("IMAGE", Stack.IMAGE));

        assertThat(log(Result.FAILURE, build)).contains("ERROR: " + message);
    }

    @Test
    void outsideNodeTheStepsSayThatTheyNeedAWorkspace() throws Exception {
        assertThat(log(Result.FAILURE, pipelines.run("buildImages images: [[name: 'a']]")))
                .contains("node");
    }
}

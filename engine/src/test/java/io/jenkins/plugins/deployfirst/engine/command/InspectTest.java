package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path root;

    private ScriptHost host;
    private Path app;

    @BeforeEach
    void start() throws InterruptedException {
        host = new ScriptHost(root);
        app = root.resolve("it's the app");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void gitAndFlockAreLookedFor() {
        assertThat(Inspect.git()).isEqualTo(Script.start() + """
                command -v git >/dev/null 2>&1 || problem no-git
                command -v flock >/dev/null 2>&1 || problem no-flock
                report found "$(git --version)"
                """);
    }

    @Test
    void dockersDaemonIsAsked() {
        assertThat(Inspect.docker()).isEqualTo(Script.start() + """
                command -v docker >/dev/null 2>&1 || problem no-docker
                version=$(docker version --format '{{.Server.Version}}' 2>&1) || problem docker-fails "$version"
                report found "Docker $version"
                """);
    }

    @Test
    void theDirectoryComesInAsAQuotedAssignment() {
        assertThat(Inspect.directory("/srv/it's")).startsWith(Script.start() + "DIR='/srv/it'\\''s'\n");
    }

    @Test
    void whatIsThereIsTold() throws Exception {
        host.program("git", "echo git version 9").program("flock", "exit 0").program("docker", "echo 27.1");

        assertThat(host.succeed(Inspect.git()).value("found")).isEqualTo("git version 9");
        assertThat(host.succeed(Inspect.docker()).value("found")).isEqualTo("Docker 27.1");
    }

    @Test
    void whatIsMissingIsAProblem() throws Exception {
        assertThat(without("git", Inspect.git())).isEqualTo("no-git");
        assertThat(without("flock", Inspect.git())).isEqualTo("no-flock");
        assertThat(without("docker", Inspect.docker())).isEqualTo("no-docker");

        host.program("docker", "echo 'Cannot connect to the Docker daemon' >&2; exit 1");
        ScriptResult result = host.run(Inspect.docker());
        assertThat(result.value("problem")).isEqualTo("docker-fails");
        assertThat(result.value("detail")).isEqualTo("Cannot connect to the Docker daemon");
    }

    @Test
    void composeIsToldWithItsVersion() throws Exception {
        host.program("docker", "[ \"$1 $2\" = 'compose version' ] && echo 'Docker Compose version v2.30'");
        ScriptResult two = host.succeed(Inspect.compose());
        assertThat(two.value("tool")).isEqualTo("docker compose");
        assertThat(two.value("found")).isEqualTo("Docker Compose version v2.30");

        host.program("docker", "exit 1")
                .program("docker-compose", "echo 'docker-compose version 1.29.2'; echo 'docker-py version: 5'");
        ScriptResult one = host.succeed(Inspect.compose());
        assertThat(one.value("tool")).isEqualTo("docker-compose");
        assertThat(one.value("found")).isEqualTo("docker-compose version 1.29.2");
    }

    @Test
    void aCheckoutIsToldByItsCommit() throws Exception {
        checkout();

        assertThat(host.succeed(Inspect.directory(app.toString())).value("found"))
                .matches("[0-9a-f]{7,} Say it's \\$\\(id\\) ü");
    }

    @Test
    void aDirectoryThatIsNoCheckoutIsAProblem() throws Exception {
        assertThat(host.problemOf(Inspect.directory(app.toString()))).isEqualTo("no-directory");

        Tool.write(root.resolve("file"), "");
        assertThat(host.problemOf(Inspect.directory(root + "/file"))).isEqualTo("not-a-directory");
        assertThat(host.problemOf(Inspect.directory(host.home().toString()))).isEqualTo("not-a-checkout");

        Tool.run(root, "git", "init", "-q", "empty");
        assertThat(host.problemOf(Inspect.directory(root + "/empty"))).isEqualTo("no-commit");

        checkout();
        Tool.run(app, "mkdir", "below");
        ScriptResult below = host.run(Inspect.directory(app + "/below"));
        assertThat(below.value("problem")).isEqualTo("not-the-top");
        assertThat(below.value("detail")).isEqualTo(app.toRealPath().toString());
    }

    @Test
    void composeFilesAreToldByTheirServicesOrByWhatIsWrongWithThem() throws Exception {
        Compose compose = new Compose("compose", List.of("it's.yml"), Optional.of("preprod"));
        Tool.run(root, "mkdir", app.toString());
        host.program("compose", """
                [ "$*" != "-f it's.yml -p preprod config --services" ] || printf 'web\\nworker\\n'
                """);
        assertThat(host.succeed(Inspect.composeFiles(app.toString(), compose)).value("found"))
                .isEqualTo("web worker ");

        host.program("compose", "echo 'services.web is wrong' >&2; exit 1");
        ScriptResult result = host.run(Inspect.composeFiles(app.toString(), compose));
        assertThat(result.value("problem")).isEqualTo("compose-files-invalid");
        assertThat(result.value("detail")).isEqualTo("services.web is wrong");
    }

    @Test
    void aStateThatIsNotThereYetIsFineWhereItCanBeMade() throws Exception {
        assertThat(host.succeed(Inspect.state("preprod", Optional.empty())).value("found"))
                .isEqualTo(host.state().resolve("last-validated-sha.txt").toString());
        assertThat(host.state()).doesNotExist();
    }

    @Test
    void aValidatedShaThatIsThereIsTold() throws Exception {
        Path file = root.resolve("app state/sha.txt");
        Tool.write(file, "abcd\n");

        assertThat(host.succeed(Inspect.state("preprod", Optional.of(file.toString())))
                        .value("found"))
                .isEqualTo(file + ": abcd");
    }

    @Test
    void aStateThatCannotBeAFileIsAProblem() throws Exception {
        Tool.run(root, "mkdir", "-p", "folder/sha.txt");
        assertThat(stateProblem("folder/sha.txt")).isEqualTo("state-not-writable");

        Tool.write(root.resolve("file"), "");
        assertThat(stateProblem("file/sha.txt")).isEqualTo("state-not-writable");
    }

    private String stateProblem(String file) throws InterruptedException {
        return host.problemOf(
                Inspect.state("preprod", Optional.of(root.resolve(file).toString())));
    }

    private String without(String program, String script) throws InterruptedException {
        return host.problemOf("command() { [ \"$2\" != " + program + " ]; }\n" + script);
    }

    private void checkout() {
        Tool.run(
                root,
                "sh",
                "-c",
                "git init -q \"$1\" && cd \"$1\" && git -c user.name=Ada -c user.email=ada@example.com commit -q"
                        + " --allow-empty -m \"Say it's \\$(id) ü\"",
                "sh",
                app.toString());
    }
}

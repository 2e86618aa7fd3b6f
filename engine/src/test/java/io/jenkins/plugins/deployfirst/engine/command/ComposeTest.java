package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTest {
    private static final Compose PLAIN = new Compose("docker compose", List.of(), Optional.empty());
    private static final Compose FULL =
            new Compose("docker-compose", List.of("a.yml", "it's b.yml"), Optional.of("preprod"));

    @TempDir
    Path root;

    private ScriptHost host;
    private Path app;

    @BeforeEach
    void start() throws InterruptedException {
        host = new ScriptHost(root);
        app = root.resolve("the app");
        Tool.run(root, "mkdir", "-p", app.toString(), host.state().toString());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aCommandLineHasComposesOwnOptionsFirst() {
        assertThat(PLAIN.line()).isEqualTo("docker compose");
        assertThat(PLAIN.line("up", "-d")).isEqualTo("docker compose up -d");
        assertThat(FULL.line("run", "--rm", "$(id)"))
                .isEqualTo("docker-compose -f a.yml -f 'it'\\''s b.yml' -p preprod run --rm '$(id)'");
    }

    @Test
    void gitIsAskedForChangesOfEverythingThatComposeMayRead() {
        assertThat(Compose.paths(List.of()))
                .containsExactly(
                        ":(glob)**/docker-compose*.y*ml",
                        ":(glob)**/compose*.y*ml",
                        ":(glob)**/*.env",
                        ":(glob)**/.env*");
        assertThat(Compose.paths(List.of("a.yml", "deploy/b [1].yml", "deploy/c.yml")))
                .endsWith(
                        ":(top,literal)a.yml",
                        ":(glob)*.y*ml",
                        ":(top,literal)deploy/b [1].yml",
                        ":(glob)deploy/*.y*ml",
                        ":(top,literal)deploy/c.yml")
                .hasSize(9);
    }

    @Test
    void theCheckIsGivenWhatItIsAboutAsQuotedAssignments() {
        assertThat(FULL.check(new Script(""), "/srv/it's", "abcd")).startsWith("""
                DIR='/srv/it'\\''s'
                cd "$DIR"
                NEW='abcd'
                rm -rf -- "$STATE"/check.*
                """);
    }

    @Test
    void imagesAreBuiltOrPulledWhereTheyAreMissing() {
        assertThat(FULL.prepareImages(
                        "/srv/app", List.of("web", "worker"), List.of("redis:7", "r.example.com/a'b"), false))
                .isEqualTo(Script.in("/srv/app") + """
                docker image inspect redis:7 >/dev/null 2>&1 || docker pull redis:7 || problem pull-failed redis:7
                docker image inspect 'r.example.com/a'\\''b' >/dev/null 2>&1 || docker pull 'r.example.com/a'\\''b' || problem pull-failed 'r.example.com/a'\\''b'
                docker-compose -f a.yml -f 'it'\\''s b.yml' -p preprod build web worker || problem build-failed
                """);
        assertThat(PLAIN.prepareImages("/srv/app", List.of(), List.of(), false))
                .isEqualTo(Script.in("/srv/app").text());
    }

    @Test
    void aMigrationRunsInAContainerThatIsNamedAndRemoved() {
        assertThat(PLAIN.runOnce("/srv/app", "backend", "alembic upgrade head && echo \"it's $DONE\"", true))
                .isEqualTo(Script.in("/srv/app") + """
                N=deploy-first-$(date +%s)-$$
                trap 'docker rm -f "$N" >/dev/null 2>&1; exit 143' TERM
                docker compose run --rm -T --no-deps --name "$N" backend sh -c 'alembic upgrade head && echo "it'\\''s $DONE"' &
                wait $!
                """);
        assertThat(PLAIN.runOnce("/srv/app", "backend", "true", false)).contains("run --rm -T --name \"$N\" backend");
    }

    @Test
    void restartIsComposesOwn() {
        assertThat(PLAIN.restart("/srv/app"))
                .isEqualTo(Script.in("/srv/app") + "docker compose restart || problem restart-failed\n");
    }

    @Test
    void upBringsEverythingUp() {
        assertThat(FULL.up("/srv/app", List.of(), List.of(), true))
                .isEqualTo(Script.in("/srv/app")
                        + "docker-compose -f a.yml -f 'it'\\''s b.yml' -p preprod up -d || problem up-failed\n");
    }

    @Test
    void versionTwoIsFoundBeforeVersionOne() throws Exception {
        host.program("docker-compose", "exit 0").program("docker", "[ \"$*\" = 'compose version' ]");
        assertThat(detected()).isEqualTo("docker compose");

        host.program("docker", "echo \"docker: 'compose' is not a docker command.\" >&2; exit 1");
        assertThat(detected()).isEqualTo("docker-compose");
        assertThat(host.problemOf("command() { return 1; }\n" + Compose.detect(Script.start())))
                .isEqualTo("no-compose");
    }

    @Test
    void aMigrationTakesTheWordsAndTheStatusOfItsCommand() throws Exception {
        host.program("compose", "printf '[%s]' \"$@\" > \"$HOME/words\"; exit 7");
        Compose compose = new Compose("compose", List.of(), Optional.empty());

        ScriptResult result =
                host.run(compose.runOnce(app.toString(), "back end", "echo 'two words' -x \"$(id)\"", true));

        assertThat(result.exitStatus()).isEqualTo(7);
        assertThat(Tool.read(host.home().resolve("words")))
                .matches(
                        "(?s)\\[run]\\[--rm]\\[-T]\\[--no-deps]\\[--name]\\[deploy-first-\\d+-\\d+]\\[back end]\\[sh]\\[-c]"
                                + "\\Q[echo 'two words' -x \"$(id)\"]\\E");
    }

    @Test
    void aMissingImageThatCannotBePulledIsAProblemBeforeAnythingIsBuilt() throws Exception {
        host.program(
                        "docker",
                        "echo \"$@\" >> \"$HOME/asked\"; [ \"$1 $3\" = 'image here:1' ] || [ \"$*\" = 'image inspect here:1' ]")
                .program("compose", "echo compose >> \"$HOME/asked\"");
        Compose compose = new Compose("compose", List.of(), Optional.empty());

        assertThat(host.problemOf(
                        compose.prepareImages(app.toString(), List.of("web"), List.of("here:1", "gone:1"), false)))
                .isEqualTo("pull-failed");

        assertThat(Tool.lines(host.home().resolve("asked")))
                .containsExactly("image inspect here:1", "image inspect gone:1", "pull gone:1");
    }

    @Test
    void theServicesOfAVersionOneConfigurationAreListed() throws Exception {
        assertThat(check("""
                networks:
                  back: {}
                services:
                  db:
                    image: postgres:16
                    environment:
                      image: not-this
                  'no':
                    build:
                      context: /srv/app
                      args:
                        depends_on: x
                    depends_on:
                    - db
                    - worker-1
                    ports:
                    - 80:80/tcp
                  worker-1:
                    depends_on:
                      db:
                        condition: service_healthy
                    image: busybox
                version: '2.4'
                volumes:
                  data: {}
                """).value("services")).isEqualTo("""
                db|postgres:16||
                no||build| db worker-1
                worker-1|busybox|| db=service_healthy""");
    }

    @Test
    void theServicesOfAVersionTwoConfigurationAreListed() throws Exception {
        assertThat(check("""
                name: app
                services:
                  web:
                    build:
                      context: /srv/app
                      dockerfile: Dockerfile
                    depends_on:
                      db:
                        condition: service_started
                        required: true
                      cache:
                        condition: service_healthy
                        required: true
                    image: app/web
                    networks:
                      default: null
                  db:
                    image: postgres:16
                    networks:
                      default: null
                networks:
                  default:
                    name: app_default
                """).value("services")).isEqualTo("""
                web|app/web|build| db=service_started cache=service_healthy
                db|postgres:16||""");
    }

    @Test
    void theCheckSeesTheNewCommitAndWhatIsNotTrackedAndTouchesNothing() throws Exception {
        String sha = commit();
        Tool.write(app.resolve(".env"), "TAG=1\n");
        Tool.write(app.resolve("data/secret file"), "untracked\n");
        Tool.write(app.resolve("docker-compose.yml"), "changed by hand\n");
        host.program("compose", """
                { cat docker-compose.yml .env 'data/secret file'; echo "$@"; } > "$HOME/seen"
                echo 'services:'; echo '  web:'; echo '    image: x'""");

        ScriptResult result = host.succeed(compose().check(state(), app.toString(), sha));

        assertThat(host.home().resolve("seen"))
                .content()
                .isEqualTo("services: {}\nTAG=1\nuntracked\n--project-directory . config\n");
        assertThat(result.value("services")).isEqualTo("web|x||");
        assertThat(app.resolve("docker-compose.yml")).content().isEqualTo("changed by hand\n");
        assertThat(app.resolve("data/secret file")).isRegularFile();
        assertThat(host.state()).isEmptyDirectory();
    }

    @Test
    void aRefusedFileIsAProblemWithComposesOwnReasonAndThePathsOfTheCheckout() throws Exception {
        String sha = commit();
        host.program("compose", "echo \"$PWD/docker-compose.yml: services.web is wrong\" >&2; exit 15");
        Files.createDirectory(host.state().resolve("check.old"));

        ScriptResult result = host.run(compose().check(state(), app.toString(), sha));

        assertThat(result.value("problem")).isEqualTo("compose-invalid");
        assertThat(result.value("detail")).isEqualTo(app + "/docker-compose.yml: services.web is wrong");
        assertThat(host.state()).isEmptyDirectory();
    }

    private ScriptResult check(String configuration) throws Exception {
        String sha = commit();
        Tool.write(host.home().resolve("configuration"), configuration);
        host.program("compose", "cat \"$HOME/configuration\"");
        return host.succeed(compose().check(state(), app.toString(), sha));
    }

    private String detected() throws InterruptedException {
        return host.succeed(Compose.detect(Script.start())).value("tool");
    }

    private static Compose compose() {
        return new Compose("compose", List.of(), Optional.empty());
    }

    private static Script state() {
        return StateFiles.with("preprod", Optional.empty());
    }

    private String commit() {
        Tool.write(app.resolve("docker-compose.yml"), "services: {}\n");
        return Tool.run(
                app,
                "sh",
                "-c",
                "git init -q && git add -A && git -c user.name=Ada -c user.email=ada@example.com commit -q -m First && git"
                        + " rev-parse HEAD");
    }
}

package io.jenkins.plugins.deployfirst.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Told;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs migrations in real containers, on a small database that is reached over their network. */
@ExtendWith(RealHost.class)
class MigrationCheckTest {
    private static final String PREFIX = "df" + UUID.randomUUID().toString().substring(0, 8);
    private static final String APP = PREFIX + "-app";
    private static final String DATABASE = PREFIX + "-database";
    private static final String GUARDED = PREFIX + "-guarded";
    private static final String READY = "[ -f /ready ]";

    @TempDir
    private static Path images;

    @TempDir
    private Path workspace;

    @TempDir
    private Path temporary;

    private final Told progress = new Told();
    private final List<String> told = progress.lines;
    private Set<String> before;

    @BeforeAll
    static void buildImages() {
        Stack.buildImage(images);
        Tool.write(images.resolve("database/serve"), """
                #!/bin/sh
                [ -z "$ENDS" ] || { echo "out of order"; exit "$ENDS"; }
                sleep 0.5; touch /ready; exec nc -ll -p 5432 -e /bin/answer
                """);
        Tool.write(images.resolve("database/answer"), """
                #!/bin/sh
                read word
                case $word in
                  up) if [ -f /table ]; then echo "table exists already"; else touch /table; echo ok; fi ;;
                  down) [ -n "$KEEPS" ] || rm /table; echo ok ;;
                esac
                """);
        Tool.write(images.resolve("app/migrate"), """
                #!/bin/sh
                answer=$(echo "$1" | nc -w 5 "${HOST:-db}" 5432); echo "$1: $answer"; [ "$answer" = ok ]
                """);
        image(DATABASE, "database", "COPY --chmod=755 serve answer /bin/\nCMD [\"serve\"]");
        image(
                GUARDED,
                "database",
                "COPY --chmod=755 serve answer /bin/\nCMD [\"serve\"]\n"
                        + "HEALTHCHECK --interval=1s CMD [ -f /ready ]");
        image(APP, "app", "COPY --chmod=755 migrate /bin/");
    }

    private static void image(String name, String folder, String lines) {
        Tool.run(images.resolve(folder), "sh", "-c", "chmod 755 *");
        Tool.write(
                images.resolve(folder).resolve("Dockerfile"),
                "FROM " + Stack.IMAGE + "\n" + lines.replace("--chmod=755 ", "") + "\n");
        Tool.run(images.resolve(folder), "docker", "build", "-q", "-t", name, ".");
    }

    @AfterAll
    static void removeImages() {
        Tool.run(images, "docker", "rmi", "-f", APP, DATABASE, GUARDED);
    }

    /** A check that was killed in an earlier run may have left something, which is not this test's. */
    @BeforeEach
    void seeWhatIsThere() {
        before = networksAndVolumes();
    }

    @AfterEach
    void nothingIsLeft() {
        for (String image : List.of(APP, DATABASE, GUARDED)) {
            assertThat(Tool.run(images, "docker", "ps", "-aq", "--filter", "ancestor=" + image))
                    .isEmpty();
        }
        assertThat(networksAndVolumes()).isSubsetOf(before);
        assertThat(Tool.run(temporary, "ls", "-A")).isEmpty();
    }

    private static Set<String> networksAndVolumes() {
        return Stream.of("network", "volume")
                .flatMap(kind -> Tool.run(images, "docker", kind, "ls", "--format", "{{.Name}}")
                        .lines())
                .filter(name -> name.startsWith("deploy-first-check-"))
                .collect(Collectors.toSet());
    }

    private MigrationCheckRequest request(
            String up, String down, Optional<DatabaseSettings> database, Map<String, String> environment) {
        return new MigrationCheckRequest(
                here(),
                Optional.of(APP),
                database,
                Optional.empty(),
                List.of(),
                up,
                down,
                environment,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1));
    }

    private Workspace here() {
        return new Workspace(workspace.toString(), Map.of("TMPDIR", temporary.toString()));
    }

    private static Optional<DatabaseSettings> database(Map<String, String> environment) {
        return Optional.of(new DatabaseSettings(DATABASE, "db", environment, Optional.of(READY)));
    }

    private MigrationCheckResult check(MigrationCheckRequest request) throws InterruptedException {
        return new MigrationCheckFlow(request, progress).run();
    }

    private static List<String> names(MigrationCheckResult result) {
        return result.steps().stream().map(MigrationCheckResult.Step::name).toList();
    }

    @Test
    void upDownAndUpAgainRunOnADatabaseOfTheirOwn() throws Exception {
        MigrationCheckResult result = check(request("migrate up", "migrate down", database(Map.of()), Map.of()));

        assertThat(names(result)).containsExactly("first upgrade", "downgrade", "second upgrade");
        assertThat(told)
                .containsSubsequence(
                        "begin database",
                        "begin first upgrade",
                        "up: ok",
                        "begin downgrade",
                        "down: ok",
                        "begin second upgrade",
                        "up: ok");
        assertThat(result.toMap().toString()).contains("name=second upgrade, seconds=");
    }

    @Test
    void aDowngradeThatLeavesSomethingBehindShowsInTheSecondUpgrade() {
        assertThatThrownBy(
                        () -> check(request("migrate up", "migrate down", database(Map.of("KEEPS", "yes")), Map.of())))
                .hasMessageStartingWith("The second upgrade failed with exit status 1: up: table exists already. Mend");
    }

    @ParameterizedTest
    @CsvSource({"echo broken; exit 7,true,first upgrade,7", "true,echo broken; exit 3,downgrade,3"})
    void theCommandThatFailsIsNamedWithItsExitStatus(String up, String down, String name, int status) {
        assertThatThrownBy(() -> check(request(up, down, Optional.empty(), Map.of())))
                .hasMessageStartingWith("The " + name + " failed with exit status " + status + ": broken.");
    }

    @Test
    void variablesReachTheMigrationWhateverTheyHold() throws Exception {
        String awkward = "it's \"two\nlines\" $HOME $(touch gone) ü";
        check(request(
                "[ \"$WORD\" = \"$(printf 'it\\047s \"two\\nlines\" $HOME $(touch gone) ü')\" ]",
                "true",
                Optional.empty(),
                Map.of("WORD", awkward)));
    }

    @Test
    void aDatabaseThatEndsIsToldWithWhatItSaid() {
        assertThatThrownBy(() -> check(request("true", "true", database(Map.of("ENDS", "3")), Map.of())))
                .hasMessageStartingWith("The database ended with exit status 3 before it was ready: out of order.");
    }

    @Test
    void aDatabaseThatDoesNotGetReadyIsToldWithWhatTheCommandSaid() {
        DatabaseSettings never =
                new DatabaseSettings(DATABASE, "db", Map.of(), Optional.of("echo not accepting connections; false"));
        MigrationCheckRequest asked = request("true", "true", Optional.of(never), Map.of());
        MigrationCheckRequest brief = new MigrationCheckRequest(
                asked.workspace(),
                asked.image(),
                asked.database(),
                asked.service(),
                asked.files(),
                asked.up(),
                asked.down(),
                asked.environment(),
                Duration.ofSeconds(1),
                asked.timeout());

        assertThatThrownBy(() -> check(brief))
                .hasMessageStartingWith(
                        "The database did not get ready within readyTimeout: not accepting connections.");
    }

    @Test
    void theHealthCheckOfTheImageServesWhereNoCommandIsGiven() throws Exception {
        DatabaseSettings guarded = new DatabaseSettings(GUARDED, "db", Map.of(), Optional.empty());
        assertThat(names(check(request("migrate up", "migrate down", Optional.of(guarded), Map.of()))))
                .hasSize(3);

        DatabaseSettings bare = new DatabaseSettings(DATABASE, "db", Map.of(), Optional.empty());
        assertThatThrownBy(() -> check(request("true", "true", Optional.of(bare), Map.of())))
                .hasMessageStartingWith("database.ready: is missing");
    }

    @Test
    void anImageThatCannotBeHadIsNamed() {
        DatabaseSettings missing =
                new DatabaseSettings("127.0.0.1:1/no/such:image", "db", Map.of(), Optional.of("true"));
        assertThatThrownBy(() -> check(request("true", "true", Optional.of(missing), Map.of())))
                .hasMessageStartingWith("The image 127.0.0.1:1/no/such:image is neither here nor can it be pulled: ");
    }

    @Test
    void abortingRemovesEverything() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread flow = new Thread(() -> {
            try {
                check(request("echo here; sleep 1000", "true", database(Map.of()), Map.of()));
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        flow.start();
        await().until(() -> told.contains("here"));

        flow.interrupt();

        assertThat(interrupted.get()).isTrue();
    }

    private MigrationCheckRequest ofService(String up, String compose) {
        Tool.write(workspace.resolve("check.yml"), compose);
        return new MigrationCheckRequest(
                here(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("backend"),
                List.of("check.yml"),
                up,
                "migrate down",
                Map.of("HOST", "postgres"),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1));
    }

    private static String compose(String backend, String more) {
        return """
                version: "2.4"
                services:
                  backend:
                    image: %s
                    depends_on: [postgres]
                    %s
                  postgres:
                    image: %s
                    volumes: ["/data", "./init:/init"]
                  unused:
                    image: no/such/image
                %s
                """.formatted(APP, backend, GUARDED, more);
    }

    @Test
    void aServiceOfComposeFilesRunsInAProjectOfItsOwn() throws Exception {
        assertThat(names(check(ofService("migrate up", compose("volumes: ['own:/own']", "volumes: { own: {} }")))))
                .hasSize(3);
        assertThat(told).contains("up: ok").noneMatch(line -> line.startsWith("warn"));
    }

    @Test
    void aDependencyWithoutAHealthCheckIsWarnedOf() {
        assertThatThrownBy(() ->
                        check(ofService("exit 4", compose("", "").replace("image: " + GUARDED, "image: " + DATABASE))))
                .hasMessageStartingWith("The first upgrade failed with exit status 4");
        assertThat(told).contains("warn Without a health check nobody knows when they are ready: postgres.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networks: [infra]|networks: { infra: { external: true } }|network infra",
                "volumes: ['kept:/kept']|volumes: { kept: { external: true } }|volume kept",
                "volumes: ['kept:/kept']|volumes: { kept: { name: kept_data } }|volume kept_data",
                "volumes: ['/srv/data:/data']|x-nothing: 1|bind /srv/data",
                "network_mode: host|x-nothing: 1|network_mode host"
            })
    void whatLeadsOutOfTheProjectIsRefused(String backend, String more, String named) {
        assertThatThrownBy(() -> check(ofService("true", compose(backend, more))))
                .hasMessageStartingWith("files: they lead to what is not thrown away after the check: ")
                .hasMessageContaining(named);
        assertThat(told).doesNotContain("begin database");
    }

    @Test
    void whatIsMountedReadOnlyIsAllowed() throws Exception {
        String readOnly = compose("volumes: ['/etc/hostname:/name:ro']", "volumes: { own: {} }");
        assertThat(names(check(ofService("cat /name && migrate up", readOnly)))).hasSize(3);
    }

    @Test
    void composeFilesThatComposeRefusesAreToldWithItsReason() {
        assertThatThrownBy(() -> check(ofService("true", "services: [")))
                .hasMessageStartingWith("files: compose refuses them: ");
    }
}

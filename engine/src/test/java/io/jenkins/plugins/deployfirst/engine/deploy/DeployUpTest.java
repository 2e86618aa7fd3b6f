package io.jenkins.plugins.deployfirst.engine.deploy;

import static io.jenkins.plugins.deployfirst.engine.deploy.Preprod.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When a release is brought up instead of restarted, and what that does to containers. */
@ExtendWith(RealHost.class)
class DeployUpTest {
    @TempDir
    static Path root;

    private static Preprod preprod;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
    }

    @AfterAll
    static void end() {
        preprod.close();
        Tool.works("docker", "image", "rm", preprod.stack.project() + "_api");
    }

    @BeforeEach
    void startAnew() {
        preprod.startAnew();
    }

    @Test
    void aChangedComposeFileRecreatesWhatItChangesAndRestartsTheRest() throws Exception {
        String web = preprod.stack.container("web");
        String worker = preprod.stack.container("worker");
        String workerStarted = preprod.startedAt("worker");
        Tool.write(preprod.stack.work().resolve("index.html"), "Welcome, both");
        String sha = preprod.commitCompose(file -> file.replace("httpd -f", "httpd -f -v")
                + "networks: {unused: {external: true, name: df-no-such-network}}\n");

        DeployResult result = preprod.deploy(sha);

        assertThat(result.error()).isEmpty();
        assertThat(names(result.phases()))
                .containsSubsequence("compose config", "reset", "images", "up", "gate")
                .doesNotContain("restart");
        assertThat(preprod.lines).contains("compose up instead of restart: the compose files changed.");
        assertThat(preprod.stack.container("web")).isNotEqualTo(web);
        assertThat(preprod.stack.container("worker")).isEqualTo(worker);
        assertThat(preprod.startedAt("worker")).isNotEqualTo(workerStarted);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, both");

        assertThat(names(preprod.deploy(preprod.stack.release("as usual")).phases()))
                .contains("restart")
                .doesNotContain("compose config", "up");
    }

    @Test
    void actionUpLeavesContainersAloneThatAreAsTheComposeFileSays() throws Exception {
        Environment environment = preprod.with(it -> it.action(ComposeSettings.Action.UP));
        preprod.deploy(environment, preprod.stack.release("before"));
        String before = preprod.startedAt("web") + preprod.startedAt("worker");

        DeployResult result = preprod.deploy(environment, preprod.stack.release("after"));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(names(result.phases())).containsSubsequence("images", "up").doesNotContain("restart");
        assertThat(preprod.told()).doesNotContain("instead of restart");
        assertThat(preprod.startedAt("web") + preprod.startedAt("worker")).isEqualTo(before);
    }

    @Test
    void anImageIsBuiltOnTheHostWhileTheOldContainersRun() throws Exception {
        Tool.write(
                preprod.stack.work().resolve("api/Dockerfile"),
                "FROM " + Stack.IMAGE + "\nRUN [\"/bin/sh\", \"-c\", \"echo built > /built\"]\n");
        String sha = preprod.commitCompose(
                file -> file + "  api:\n    build: ./api\n    init: true\n    command: [\"sleep\", \"100000\"]\n");
        String runningAtUp = preprod.startedAt("worker");
        StringBuilder atUp = new StringBuilder();
        preprod.atPhase = phase -> {
            if (phase.equals("up")) {
                atUp.append(preprod.startedAt("worker"));
            }
        };

        DeployResult result = preprod.deploy(sha);

        assertThat(result.error()).isEmpty();
        assertThat(atUp).hasToString(runningAtUp);
        assertThat(preprod.host("docker exec " + preprod.stack.container("api") + " cat /built"))
                .isEqualTo("built");

        preprod.flows().rollback(RollbackRequest.byHand(java.util.Optional.empty()));
        preprod.host("docker rm -f " + preprod.stack.container("api"));
    }

    @Test
    void whereNoContainerIsThereTheyAreBroughtUp() throws Exception {
        preprod.host("docker rm -f " + preprod.stack.container("web") + " " + preprod.stack.container("worker"));

        DeployResult result = preprod.deploy(preprod.stack.release("from nothing"));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.lines).contains("compose up instead of restart: there is no container to restart.");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, from nothing");
    }

    @Test
    void filesThatGitDoesNotTrackCountInTheCheckOfTheComposeFile() throws Exception {
        Tool.write(preprod.stack.checkout().resolve(".env"), "SECONDS_TO_SLEEP=300000\n");
        String sha = preprod.commitCompose(file -> file.replace("100000", "${SECONDS_TO_SLEEP:?is not set}"));

        DeployResult result = preprod.deploy(sha);

        assertThat(result.error()).isEmpty();
        assertThat(preprod.host("docker inspect -f '{{.Args}}' " + preprod.stack.container("worker")))
                .contains("300000");
        assertThat(preprod.stack.checkout().resolve(".env")).hasContent("SECONDS_TO_SLEEP=300000");
    }

    @Test
    void aDeploymentThatDiedIsGoneOnWithByBringingEverythingUp() throws Exception {
        String sha = preprod.stack.release("half way");
        preprod.host("git fetch -q && git reset -q --hard " + sha);
        Tool.write(
                preprod.stack.journal(),
                "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"deploy.started\",\"sha\":\"" + sha
                        + "\",\"previousSha\":\"" + preprod.first() + "\"}\n{\"time\":\"2026-01-01T00:00:01Z\",\"eve");

        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.lines)
                .contains(
                        "The last run died half way: deploy.started of " + sha
                                + " at 2026-01-01T00:00:00Z. Going on from there.",
                        "compose up instead of restart: the last run was interrupted.");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, half way");
        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.started", "deploy.succeeded");
        assertThat(preprod.journal().get(1).get("rollbackPoint")).isEqualTo(preprod.first());
    }
}

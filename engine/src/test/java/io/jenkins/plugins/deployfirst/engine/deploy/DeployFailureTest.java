package io.jenkins.plugins.deployfirst.engine.deploy;

import static io.jenkins.plugins.deployfirst.engine.deploy.Preprod.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Releases that fail on the way or come up sick, and how the host is made well again. */
class DeployFailureTest extends OnPreprod {
    private static final GateTiming QUICK =
            new GateTiming(Duration.ofMillis(500), 1, Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void aMigrationThatFailsRestartsNothingAndPutsTheFilesBack() throws Exception {
        Environment environment = quick(it -> it.migrate("echo 'column is missing' >&2; exit 3", "echo never"));
        String sha = preprod.stack.release("not migrated");

        DeployResult result = unchangedBy(environment, sha);

        assertThat(result.error())
                .contains("\"migrate\" failed on ")
                .contains("with exit status 3: ")
                .contains("column is missing");
        assertThat(names(result.phases())).endsWith("migrate", "undo");
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "deploy.failed")
                .containsEntry("reason", result.error());
        assertThat(preprod.messages.get(preprod.messages.size() - 1))
                .returns(Message.Kind.FAILED, Message::kind)
                .returns(preprod.first().substring(0, 7) + " stays live.", Message::next);
        assertThat(preprod.output).doesNotContain("never");
        assertThat(preprod.flows().status().interrupted()).isFalse();
    }

    @Test
    void anImageThatCannotBePulledRestartsNothingAndPutsTheFilesBack() throws Exception {
        String sha = preprod.commitCompose(file -> file.replaceFirst("image: \\S+", "image: 127.0.0.1:1/none:1"));

        assertThat(unchangedBy(preprod.environment(), sha).error()).contains("An image cannot be pulled: ");
    }

    @Test
    void anImageThatCannotBeBuiltRestartsNothingAndPutsTheFilesBack() throws Exception {
        Tool.write(preprod.stack.work().resolve("api/Dockerfile"), "FROM scratch\nCOPY no-such-file /\n");
        String sha = preprod.commitCompose(file -> file + "  api:\n    build: ./api\n");

        assertThat(unchangedBy(preprod.environment(), sha).error()).contains("An image cannot be built: ");
    }

    @Test
    void aSickReleaseIsTakenBackAtOnceWithoutAskingCi() throws Exception {
        String sha = preprod.stack.commit("Break it", Map.of("index.html", "Broken"));

        DeployResult result = preprod.deploy(quick(it -> {}), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBackTo()).isEqualTo(preprod.first());
        assertThat(result.gate().healthy()).isTrue();
        assertThat(result.error())
                .startsWith(sha.substring(0, 7) + " was taken back: not healthy: ")
                .contains("Welcome")
                .doesNotContain("\n");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(preprod.events()).containsExactly("deploy.started", "rollback.started", "rollback.succeeded");
        assertThat(preprod.journal().get(1).fields())
                .containsEntry("cause", "health")
                .containsEntry("rejected", sha)
                .containsEntry("sha", preprod.first());
        assertThat(preprod.messages)
                .extracting(Message::kind)
                .containsExactly(Message.Kind.STARTED, Message.Kind.ROLLED_BACK);
        assertThat(preprod.isFree()).isTrue();
        assertThatThrownBy(() -> preprod.deploy(sha))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("was rolled back on " + preprod.stack.name())
                .hasMessageContaining("not healthy: ");
    }

    @Test
    void aSickReleaseIsTakenBackToTheValidatedReleaseAndNotToThePreviousOne() throws Exception {
        Tool.write(preprod.stack.stateFile(), preprod.first());
        preprod.makeLive(preprod.stack.release("previous"));

        DeployResult result =
                preprod.deploy(quick(it -> {}), preprod.stack.commit("Break it", Map.of("index.html", "Broken")));

        assertThat(result.rolledBackTo()).isEqualTo(preprod.first());
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void theMigrationOfASickReleaseIsTakenBackBeforeTheOldCodeStarts() throws Exception {
        Environment environment = quick(it -> it.migrate("echo up", "echo down"));
        String sha = preprod.stack.commit("Break it", Map.of("index.html", "Broken"));

        DeployResult result = preprod.deploy(environment, sha);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(preprod.output).containsSubsequence("up", "down");
        assertThat(names(result.phases()))
                .containsSubsequence("reset", "migrate", "restart", "gate", "migrate", "reset", "restart", "gate");
    }

    @Test
    void containersThatDoNotStartAreTakenBackWithTheirComposeFile() throws Exception {
        String port = URI.create(preprod.stack.url()).getPort() + ":81";
        String sha = preprod.commitCompose(file -> file.replace(
                "    command: [\"sleep\"", "    ports: [\"127.0.0.1:" + port + "\"]\n    command: [\"sleep\""));

        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.error()).contains("The containers did not start: ").contains("port is already allocated");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(preprod.host("docker inspect -f '{{.State.Running}}' " + preprod.stack.container("worker")))
                .isEqualTo("true");
        assertThat(preprod.host("git status --porcelain")).isEmpty();
    }

    @Test
    void aSickReleaseWithNothingToGoBackToNeedsAPerson() throws Exception {
        DeployResult result = preprod.deploy(neverHealthy(), preprod.first());

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.error()).contains("There is no other release to go back to; a person is needed.");
        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.failed");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
    }

    @Test
    void aRollbackThatIsSickTooNeedsAPersonAndTheNextReleaseMayMendIt() throws Exception {
        String sha = preprod.stack.release("sick");

        DeployResult result = preprod.deploy(neverHealthy(), sha);

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.error())
                .contains("The rollback of " + preprod.stack.name() + " to " + preprod.first() + " failed: ")
                .doesNotContain("\n");
        assertThat(preprod.told())
                .contains("A person is needed. The containers and their logs are left as they are.")
                .contains("git reset --hard " + preprod.first())
                .contains(ComposeProject.command() + " -f docker-compose.yml -p " + preprod.stack.project() + " up -d");
        assertThat(preprod.events()).containsExactly("deploy.started", "rollback.started", "rollback.failed");
        assertThat(preprod.messages.get(preprod.messages.size() - 1).kind()).isEqualTo(Message.Kind.FAILED);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");

        assertThat(preprod.deploy(preprod.stack.release("mended")).outcome()).isEqualTo(Outcome.DONE);
    }

    private static DeployResult unchangedBy(Environment environment, String sha) throws InterruptedException {
        String containers = preprod.startedAt("web") + preprod.startedAt("worker");

        DeployResult result = preprod.deploy(environment, sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error()).doesNotContain("\n");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.host("git status --porcelain")).isEmpty();
        assertThat(preprod.stack.checkout().resolve("index.html")).hasContent("Welcome, release 1");
        assertThat(preprod.startedAt("web") + preprod.startedAt("worker")).isEqualTo(containers);
        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.failed");
        assertThat(preprod.isFree()).isTrue();
        return result;
    }

    private static Environment quick(Consumer<EnvironmentBuilder> difference) {
        return preprod.with(it -> {
            it.timing(QUICK);
            difference.accept(it);
        });
    }

    private static Environment neverHealthy() {
        HttpCheck check = new HttpCheck(
                URI.create(preprod.stack.url()), Map.of(), "200", "Nowhere to be seen", "", "", "", 0, Duration.ZERO);
        return preprod.with(
                it -> it.health = new HealthSettings(Optional.of(check), false, List.of(), Optional.empty(), QUICK));
    }
}

package io.jenkins.plugins.deployfirst.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Understands the payloads that the servers document. */
class CiEventTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            check_run    | github/check_run.completed.json    | Codertocat/Hello-World | ec26c3e57ca3a959ca5aad62de7213c562f8c821 | check_run "Octocoders-linter": success
            check_suite  | github/check_suite.completed.json  | Codertocat/Hello-World | ec26c3e57ca3a959ca5aad62de7213c562f8c821 | check_suite "octocoders-linter": success
            workflow_run | github/workflow_run.completed.json | octo-org/octo-repo     | 3484a3fb816e0859fd6e1cea078d76385ff50625 | workflow_run "": success
            status       | github/status.json                 | Codertocat/Hello-World | 6113728f27ae82c7b1a177c8d03f9e96e0adf246 | status "default": success
            """)
    void gitHubTellsOfChecks(String event, String payload, String repository, String sha, String says) {
        assertThat(CiEvent.of(Deliveries.of(payload, "X-GitHub-Event", event)))
                .isEqualTo(event(CiService.GITHUB, repository, sha, says));
    }

    @Test
    void aPingNamesNoCommit() {
        assertThat(CiEvent.of(Deliveries.of("github/ping.json", "X-GitHub-Event", "ping")))
                .isEqualTo(new CiEvent(CiService.GITHUB, "Octocoders/Hello-World", Optional.empty(), false, "ping"));
        assertThat(CiEvent.of(Deliveries.of("{}".getBytes(StandardCharsets.UTF_8), "X-GitHub-Event", "ping"))
                        .repository())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Pipeline Hook | gitlab/pipeline.json | bcbb5ec396a2c0f828686f14fac9b80b780504f2 | pipeline: success
            Job Hook      | gitlab/job.json      | 2293ada6b400935a1378653304eaf6221e0fdb8f | job "test": created
            """)
    void gitLabTellsOfPipelinesAndJobs(String event, String payload, String sha, String says) {
        assertThat(CiEvent.of(Deliveries.of(payload, "X-Gitlab-Event", event)))
                .isEqualTo(event(CiService.GITLAB, "gitlab-org/gitlab-test", sha, says));
    }

    @Test
    void anOlderGitLabNamesTheProjectByItsAddress() {
        String payload = new String(Deliveries.payload("gitlab/job.json"), StandardCharsets.UTF_8)
                .replace("path_with_namespace", "something_else");

        assertThat(CiEvent.of(Deliveries.of(payload.getBytes(StandardCharsets.UTF_8), "X-Gitlab-Event", "Job Hook"))
                        .repository())
                .isEqualTo("gitlab-org/gitlab-test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Gitea-Event", "X-Forgejo-Event"})
    void giteaTellsOfStatuses(String header) {
        assertThat(CiEvent.of(Deliveries.of("gitea/status.json", header, "status", "X-GitHub-Event", "status")))
                .isEqualTo(event(
                        CiService.GITEA,
                        "owner/name",
                        "6dcb09b5b57875f334f61aebed695e2e4193db5e",
                        "status \"CI / build (push)\": failure"));
    }

    @ParameterizedTest
    @CsvSource({
        "X-GitHub-Event, push, check runs",
        "X-Gitlab-Event, Push Hook, pipeline events",
        "X-Gitea-Event, push, statuses",
        "X-Other-Event, push, GitHub",
    })
    void anotherEventIsRefusedWithWhatToChoose(String header, String event, String remedy) {
        assertThatThrownBy(() -> CiEvent.of(Deliveries.of("github/status.json", header, event)))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("webhook:", remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "<html>",
                "{\"sha\": \"6dcb09b5b57875f334f61aebed695e2e4193db5e\"}",
                "{\"sha\": \"6dcb09b\", \"repository\": {\"full_name\": \"o/n\"}}",
                "{\"sha\": \"$(reboot)\", \"repository\": {\"full_name\": \"o/n\"}}",
                "{\"sha\": 7, \"repository\": {\"full_name\": \"o/n\"}}",
                "{\"sha\": \"6dcb09b5b57875f334f61aebed695e2e4193db5e\", \"repository\": {\"full_name\": 7}}",
            })
    void aPayloadOfAnotherFormIsRefusedWithoutQuotingIt(String body) {
        assertThatThrownBy(() ->
                        CiEvent.of(Deliveries.of(body.getBytes(StandardCharsets.UTF_8), "X-GitHub-Event", "status")))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("webhook: the payload")
                .hasMessageNotContaining("reboot");
    }

    @Test
    void aFormIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> CiEvent.of(Deliveries.of(
                        "payload=%7B%7D".getBytes(StandardCharsets.UTF_8),
                        "X-GitHub-Event",
                        "status",
                        "Content-Type",
                        "application/x-www-form-urlencoded")))
                .hasMessageContaining("Set the webhook's content type to application/json.");
    }

    @Test
    void whatItSaysIsOneHarmlessLine() {
        String payload = new String(Deliveries.payload("gitea/status.json"), StandardCharsets.UTF_8)
                .replace("CI / build (push)", "a\\r\\n\\u001b[31mb" + "x".repeat(400));

        String says = CiEvent.of(Deliveries.of(payload.getBytes(StandardCharsets.UTF_8), "X-Gitea-Event", "status"))
                .says();

        assertThat(says).startsWith("status \"a [31mbx").hasSize(255).doesNotContain("\n", "\u001b");
    }

    private static CiEvent event(CiService service, String repository, String sha, String says) {
        return new CiEvent(service, repository, Optional.of(new CommitSha(sha)), !says.endsWith(": created"), says);
    }
}

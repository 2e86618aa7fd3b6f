package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.config.WebhookSecretDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.webhook.Deliveries;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What CI servers, and others, can do at the webhook's address of a Jenkins that shows nothing to strangers. */
@WithJenkins
class WebhookEndpointTest {
    private static final String SHA = "2222222222222222222222222222222222222222";
    private static final String SECRET = "a long and random secret";
    private static final HttpClient SENDER = HttpClient.newHttpClient();

    private static JenkinsRule jenkins;
    private static GitHubChecks gitHub;

    private CiWatch watch;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        gitHub = GitHubChecks.start();
    }

    @AfterAll
    static void stop() {
        gitHub.close();
    }

    @BeforeEach
    void aWatchThatWouldReadInAnHour() throws Exception {
        SharedJenkins.startAnew(jenkins);
        Credentials.text("github-hook", SECRET);
        DeployFirstConfiguration.get().setWebhookSecrets(List.of(new WebhookSecretDefinition("github", "github-hook")));
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(gitHub.url());
        ci.setInitialDelay("1h");
        ci.setInterval("1h");
        ci.setTimeout("2h");
        EnvironmentDefinition definition =
                new EnvironmentDefinition("preprod", new LocalHostDefinition(), "/srv/nothing");
        definition.setCi(ci);
        DeployFirstConfiguration.get().setEnvironments(List.of(definition));
        gitHub.startAnew();
        gitHub.pending(SHA, "build");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        ResolvedEnvironment environment = DeployFirstConfiguration.get()
                .require("preprod", build.getParent(), true)
                .resolve(build);
        watch = CiWatches.start(
                environment, () -> environment, build.getParent(), new CommitSha(SHA), Instant.now(), Progress.NONE);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
    }

    @AfterEach
    void end() {
        watch.cancel();
    }

    @Test
    void aSignedEventWakesTheWatchOfItsCommit() throws Exception {
        gitHub.failed(SHA, "build");

        HttpResponse<String> answer = send(status(SHA, "failure"), SECRET);

        assertThat(answer.statusCode()).isEqualTo(200);
        await().until(() -> watch.result().isDone());
        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void anApiThatLagsBehindItsEventIsReadAgain() throws Exception {
        send(status(SHA, "failure"), SECRET);
        await().until(() -> gitHub.reads(SHA) > 0);

        gitHub.failed(SHA, "build");

        await().until(() -> watch.result().isDone());
    }

    @Test
    void aForgedVerdictIsNone() throws Exception {
        assertThat(send(status(SHA, "failure"), SECRET).statusCode()).isEqualTo(200);

        await().until(() -> gitHub.reads(SHA) > 1);
        assertThat(watch.result()).isNotDone();
    }

    @Test
    void whatMerelyBeginsAndWhatComesAgainIsUnderstoodAndWakesNobody() throws Exception {
        assertThat(send(status(SHA, "pending"), SECRET).statusCode()).isEqualTo(200);
        assertThat(gitHub.reads(SHA)).isZero();

        byte[] failure = status(SHA, "failure");
        send(failure, SECRET);
        await().until(() -> gitHub.reads(SHA) == 4);
        assertThat(send(failure, SECRET).statusCode()).isEqualTo(200);
        assertThat(gitHub.reads(SHA)).isEqualTo(4);
    }

    @Test
    void aPingAndAnUnknownRepositoryAreUnderstood() throws Exception {
        assertThat(post(Deliveries.payload("github/ping.json"), SECRET, "ping").statusCode())
                .isEqualTo(200);
        assertThat(post(Deliveries.payload("github/check_run.completed.json"), SECRET, "check_run")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void strangersLearnNothing() throws Exception {
        HttpResponse<String> wrong = send(status(SHA, "failure"), "another secret");
        HttpResponse<String> unsigned = SENDER.send(
                request(status(SHA, "failure"))
                        .header("X-GitHub-Event", "status")
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> elsewhere = SENDER.send(
                request(status(SHA, "failure"))
                        .header("X-Gitlab-Event", "Job Hook")
                        .header("X-Gitlab-Token", SECRET)
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> nobody = SENDER.send(request(new byte[0]).build(), BodyHandlers.ofString());

        assertThat(List.of(wrong, unsigned, elsewhere, nobody)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo(wrong.body()).doesNotContain("owner", "preprod", "github");
        });
        assertThat(gitHub.reads(SHA)).isZero();
    }

    @Test
    void withoutASecretNothingIsTaken() throws Exception {
        DeployFirstConfiguration.get().setWebhookSecrets(List.of());

        assertThat(send(status(SHA, "failure"), "").statusCode()).isEqualTo(403);
        assertThat(send(status(SHA, "failure"), SECRET).statusCode()).isEqualTo(403);
    }

    @Test
    void aSecretThatIsGoneFromTheCredentialsIsNone() throws Exception {
        DeployFirstConfiguration.get()
                .setWebhookSecrets(List.of(new WebhookSecretDefinition("github", "no-such-credential")));

        assertThat(send(status(SHA, "failure"), SECRET).statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsNotUnderstoodIsSaidToThoseWhoKnowTheSecret() throws Exception {
        assertThat(post("{".getBytes(StandardCharsets.UTF_8), SECRET, "status").body())
                .contains("the payload is not a JSON object");
        HttpResponse<String> push = post("{}".getBytes(StandardCharsets.UTF_8), SECRET, "push");
        assertThat(push.statusCode()).isEqualTo(400);
        assertThat(push.body()).contains("the event \"push\"");
    }

    @Test
    void aHugeBodyIsRefused() throws Exception {
        assertThat(post(new byte[1024 * 1024 + 1], SECRET, "status").statusCode())
                .isEqualTo(413);
        HttpRequest chunked = HttpRequest.newBuilder(new URL(jenkins.getURL(), "deploy-first-webhook/").toURI())
                .header("X-GitHub-Event", "status")
                .POST(BodyPublishers.ofByteArrays(IntStream.range(0, 20)
                        .mapToObj(chunk -> new byte[64 * 1024])
                        .toList()))
                .build();
        assertThat(SENDER.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void onlyPostsAreTaken() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(new URL(jenkins.getURL(), "deploy-first-webhook/").toURI())
                .build();

        assertThat(SENDER.send(get, BodyHandlers.ofString()).statusCode()).isIn(404, 405);
    }

    @Test
    void aFloodIsOneLineInTheLogAndHarmsNoWatch() throws Exception {
        try (LogRecorder log =
                new LogRecorder().record(WebhookEndpoint.class, Level.WARNING).capture(1000)) {
            for (int i = 0; i < 200; i++) {
                assertThat(send(status(SHA, "failure"), "wrong " + i).statusCode())
                        .isEqualTo(403);
            }
            assertThat(log.getMessages()).hasSizeLessThanOrEqualTo(1);
        }
        gitHub.failed(SHA, "build");
        send(status(SHA, "failure"), SECRET);
        await().until(() -> watch.result().isDone());
    }

    @Test
    void aServerThatIsNoneIsRefusedInTheConfiguration() {
        assertThatThrownBy(() -> DeployFirstConfiguration.get()
                        .setWebhookSecrets(List.of(new WebhookSecretDefinition("bitbucket", "x"))))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("webhookSecrets.server", "github or gitlab or gitea");
        assertThat(DeployFirstConfiguration.get().getWebhookSecrets()).hasSize(1);
    }

    private static HttpResponse<String> send(byte[] body, String secret) throws Exception {
        return post(body, secret, "status");
    }

    private static HttpResponse<String> post(byte[] body, String secret, String event) throws Exception {
        String key = secret.isEmpty() ? "none" : secret;
        HttpRequest request = request(body)
                .header("X-GitHub-Event", event)
                .header("X-Hub-Signature-256", "sha256=" + Deliveries.mac(key, body))
                .build();
        return SENDER.send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(byte[] body) throws Exception {
        return HttpRequest.newBuilder(new URL(jenkins.getURL(), "deploy-first-webhook/").toURI())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static byte[] status(String sha, String state) {
        return ("{\"sha\": \"" + sha + "\", \"state\": \"" + state + "\", \"context\": \"build\", \"repository\":"
                        + " {\"full_name\": \"" + GitHubChecks.REPOSITORY + "\"}, \"at\": " + System.nanoTime() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

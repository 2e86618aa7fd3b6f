package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.WebhookSecretDefinition;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.webhook.Deliveries;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What CI servers, and others, can do at the webhook's address of a Jenkins that shows nothing to strangers. */
@WithJenkins
class WebhookEndpointTest {
    private static final String SHA = "2222222222222222222222222222222222222222";
    private static final String SECRET = Sender.SECRET;
    private static final HttpClient SENDER = HttpClient.newHttpClient();

    private static JenkinsRule jenkins;
    private static GitHubChecks gitHub;

    private Sender sender;
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
        sender = new Sender(jenkins.getURL());
        gitHub.startAnew();
        gitHub.pending(SHA, "build");
        watch = Sender.expectedBy(jenkins, gitHub, SHA);
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
    void aBodyThatDripsIsGivenUp() throws Exception {
        URL url = jenkins.getURL();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + url.getPath() + "deploy-first-webhook/ HTTP/1.1\r\nHost: jenkins\r\n"
                                    + "X-GitHub-Event: status\r\nContent-Length: 1000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        socket.getOutputStream().write('{');
                        return answer.ready();
                    });
            assertThat(answer.readLine()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void anotherContentTypeThanJsonIsRefusedWithTheRemedy() throws Exception {
        byte[] body = status(SHA, "failure");
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain; charset=UTF-8")) {
            HttpRequest request = signed(body, SECRET, "status")
                    .setHeader("Content-Type", type)
                    .build();
            HttpResponse<String> answer = SENDER.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.body()).contains("Set the webhook's content type to application/json.");
        }
        assertThat(gitHub.reads(SHA)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "github, X-GitHub-Event, check_run, github/check_run.completed.json",
        "github, X-GitHub-Event, check_suite, github/check_suite.completed.json",
        "github, X-GitHub-Event, workflow_run, github/workflow_run.completed.json",
        "github, X-GitHub-Event, status, github/status.json",
        "github, X-GitHub-Event, ping, github/ping.json",
        "gitlab, X-Gitlab-Event, Pipeline Hook, gitlab/pipeline.json",
        "gitlab, X-Gitlab-Event, Job Hook, gitlab/job.json",
        "gitea, X-Gitea-Event, status, gitea/status.json",
        "gitea, X-Forgejo-Event, status, gitea/status.json",
    })
    void whatTheServersDocumentIsUnderstood(String server, String header, String event, String payload)
            throws Exception {
        DeployFirstConfiguration.get().setWebhookSecrets(List.of(new WebhookSecretDefinition(server, "github-hook")));
        byte[] body = Deliveries.payload(payload);
        HttpRequest.Builder request = request(body).header(header, event);
        switch (server) {
            case "github" -> request.header("X-Hub-Signature-256", "sha256=" + Deliveries.mac(SECRET, body));
            case "gitlab" -> request.header("X-Gitlab-Token", SECRET);
            default -> request.header("X-Gitea-Signature", Deliveries.mac(SECRET, body));
        }

        HttpResponse<String> answer = SENDER.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("Thank you.\n");
        assertThat(answer.statusCode()).isEqualTo(200);
        // Of another commit, and of another repository: nobody is woken.
        assertThat(gitHub.reads(SHA)).isZero();
    }

    @Test
    void aServerThatIsNoneIsRefusedInTheConfiguration() {
        assertThatThrownBy(() -> DeployFirstConfiguration.get()
                        .setWebhookSecrets(List.of(new WebhookSecretDefinition("bitbucket", "x"))))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("webhookSecrets.server", "github or gitlab or gitea");
        assertThat(DeployFirstConfiguration.get().getWebhookSecrets()).hasSize(1);
    }

    private HttpResponse<String> send(byte[] body, String secret) throws Exception {
        return sender.send(body, secret);
    }

    private HttpResponse<String> post(byte[] body, String secret, String event) throws Exception {
        return sender.post(sender.signed(body, secret, event));
    }

    private HttpRequest.Builder signed(byte[] body, String secret, String event) {
        return sender.signed(body, secret, event);
    }

    private HttpRequest.Builder request(byte[] body) {
        return sender.request(body);
    }

    private static byte[] status(String sha, String state) {
        return Sender.status(sha, state);
    }
}

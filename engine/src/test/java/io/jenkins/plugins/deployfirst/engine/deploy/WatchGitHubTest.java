package io.jenkins.plugins.deployfirst.engine.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From GitHub's answers over HTTP to what happens on the host, with nothing between them replaced. */
class WatchGitHubTest extends OnPreprod {
    private static final String LINK = "https://github.com/octocat/shop/runs/1";

    private static WireMockServer gitHub;

    private String sha;

    @BeforeAll
    static void start() {
        gitHub = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        gitHub.start();
    }

    @AfterAll
    static void end() {
        gitHub.stop();
    }

    @BeforeEach
    void startAnew() {
        gitHub.resetAll();
        preprod.ciServer = Optional.of(new GitHub(
                HttpClient.newHttpClient(), gitHub.baseUrl(), "octocat/shop", () -> Optional.of("ghp_secret")));
        sha = preprod.stack.release("watched");
        preprod.makeLive(sha);
    }

    @Test
    void checksThatAreUnderWayArePolledUntilTheyFailAndTheHostIsTakenBack() throws Exception {
        answer("in_progress", "null");
        CompletableFuture<WatchResult> watch = preprod.flows().watch(new CommitSha(sha));
        await().until(() -> gitHub.findAll(getRequestedFor(urlPathEqualTo(path("check-runs"))))
                        .size()
                > 2);
        assertThat(watch).isNotDone();
        assertThat(preprod.stack.live()).isEqualTo(sha);

        answer("completed", "\"failure\"");

        WatchResult result = watch.get();
        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.checks()).extracting(Check::url).containsExactly(LINK);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.journal().get(2).fields()).containsEntry("ci", LINK);
    }

    @Test
    void checksThatSucceedInTheEndValidateTheRelease() throws Exception {
        answer("queued", "null");
        CompletableFuture<WatchResult> watch = preprod.flows().watch(new CommitSha(sha));
        await().until(() -> !preprod.lines.isEmpty());
        answer("completed", "\"success\"");

        assertThat(watch.get().verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(preprod.stack.stateFile()).hasContent(sha);
    }

    @Test
    void aTokenThatIsRefusedEndsTheWatchAndLeavesTheHostAlone() throws Exception {
        gitHub.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("{\"message\":\"Bad credentials\"}")));
        String journal = preprod.host("cat " + preprod.stack.journal());

        WatchResult result = preprod.flows().watch(new CommitSha(sha)).get();

        assertThat(result.outcome()).isEqualTo(Outcome.NO_VERDICT);
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.error()).contains("401").doesNotContain("ghp_secret").doesNotContain("\n");
        assertThat(preprod.told()).contains("CI gave no verdict (ERROR)").contains("stays live, not validated.");
        assertThat(preprod.stack.live()).isEqualTo(sha);
        assertThat(preprod.host("cat " + preprod.stack.journal())).isEqualTo(journal);
        assertThat(preprod.stack.stateFile()).doesNotExist();
    }

    @Test
    void aWatchNeedsACiServer() {
        preprod.ciServer = Optional.empty();
        assertThatThrownBy(() -> preprod.flows().watch(new CommitSha(sha)))
                .isInstanceOfSatisfying(
                        DeployFirstException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.USAGE))
                .hasMessageContaining("names no CI server to watch");
    }

    private String path(String list) {
        return "/repos/octocat/shop/commits/" + sha + "/" + list;
    }

    private void answer(String status, String conclusion) {
        gitHub.stubFor(
                get(urlPathEqualTo(path("check-runs"))).willReturn(okJson("""
                {"total_count": 1, "check_runs": [{"id": 1, "name": "tests", "external_id": "tests", "status": "%s",
                 "conclusion": %s, "html_url": "%s", "app": {"slug": "github-actions"}, "check_suite": {"id": 5}}]}
                """.formatted(status, conclusion, LINK))));
        gitHub.stubFor(get(urlPathEqualTo(path("status")))
                .willReturn(okJson("{\"state\": \"pending\", \"total_count\": 0, \"statuses\": []}")));
        gitHub.stubFor(get(urlPathEqualTo(path("check-suites")))
                .willReturn(okJson("{\"total_count\": 0, \"check_suites\": []}")));
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.byApp;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.file;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.inSuite;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.run;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.runs;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.runsAsTheyAre;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.runsOf;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.status;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.statuses;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.statusesOf;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.suite;
import static io.jenkins.plugins.deployfirst.engine.ci.GitHubPages.suites;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads checks from a server that answers as GitHub does, and as it should not. */
class GitHubTest {
    private static final String SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String COMMIT = "/repos/octocat/Hello-World/commits/" + SHA;
    private static final String RUNS = COMMIT + "/check-runs";
    private static final String STATUSES = COMMIT + "/status";
    private static final String SUITES = COMMIT + "/check-suites";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Another one for each test, since a limit that is used up is one of the token. */
    private static String token;

    private static WireMockServer server;

    @BeforeAll
    static void startServer() {
        server = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    @BeforeEach
    void answerWithoutChecks() {
        token = "ghp_TopSecret" + UUID.randomUUID();
        server.resetAll();
        answer(RUNS, okJson(runs()));
        answer(STATUSES, okJson(statuses()));
        answer(SUITES, okJson(suites()));
        answer(COMMIT, okJson("{\"commit\": {\"message\": \"Fix all the bugs\"}}"));
    }

    @Test
    void readsTheDocumentedExamples() {
        answer(RUNS, okJson(file("check-runs.example.json")));
        answer(STATUSES, okJson(file("combined-status.example.json")));

        assertThat(read().checks())
                .extracting(Check::name, Check::state, Check::conclusion, Check::url)
                .containsExactly(
                        tuple(
                                "mighty_readme",
                                State.NEUTRAL,
                                "neutral",
                                "https://github.com/github/hello-world/runs/4"),
                        tuple(
                                "continuous-integration/jenkins",
                                State.SUCCEEDED,
                                "success",
                                "https://ci.example.com/1000/output"),
                        tuple("security/brakeman", State.SUCCEEDED, "success", "https://ci.example.com/2000/output"));
    }

    @Test
    void theSchemaCheckOfTheseTestsNoticesAWrongPage() {
        assertThat(GitHubPages.schemaError("check-runs.schema.json", "{\"total_count\": 1}"))
                .isPresent();
        assertThat(GitHubPages.schemaError(
                        "check-runs.schema.json", runsAsTheyAre(1, List.of(run(1, "build", "no_such_word")))))
                .isPresent();
    }

    @Test
    void asksForTheLatestRunsWithTheTokenAndTheVersionOfTheApi() {
        read();

        server.verify(getRequestedFor(urlPathEqualTo(RUNS))
                .withQueryParam("filter", equalTo("latest"))
                .withQueryParam("per_page", equalTo("100"))
                .withHeader("Authorization", equalTo("Bearer " + token))
                .withHeader("Accept", equalTo("application/vnd.github+json"))
                .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
                .withHeader("User-Agent", equalTo("deploy-first")));
    }

    @ParameterizedTest
    @CsvSource({
        "queued, , PENDING",
        "in_progress, , PENDING",
        "waiting, , PENDING",
        "requested, , PENDING",
        "pending, , PENDING",
        "completed, success, SUCCEEDED",
        "completed, neutral, NEUTRAL",
        "completed, skipped, NEUTRAL",
        "completed, failure, FAILED",
        "completed, cancelled, FAILED",
        "completed, timed_out, FAILED",
        "completed, action_required, FAILED",
    })
    void everyDocumentedStateOfACheckRunHasAMeaning(String status, String conclusion, State expected) {
        answer(RUNS, okJson(runs(run(1, "build", status, conclusion))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(expected);
    }

    // GitHub sets these two itself; its schema of check runs does not list them.
    @ParameterizedTest
    @CsvSource({"stale, FAILED", "startup_failure, FAILED", "a_word_of_tomorrow, PENDING", ", PENDING"})
    void wordsBeyondTheSchemaAreNeverASuccess(String conclusion, State expected) {
        answer(RUNS, okJson(runsAsTheyAre(1, List.of(run(1, "build", conclusion)))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "success, SUCCEEDED",
        "pending, PENDING",
        "failure, FAILED",
        "error, FAILED",
        "a_word_of_tomorrow, PENDING"
    })
    void everyStateOfACommitStatusHasAMeaning(String state, State expected) {
        answer(STATUSES, okJson(statuses(status(1, "ci/jenkins", state))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(expected);
    }

    @Test
    void checkRunsAndStatusesOfOneNameAreTwoChecks() {
        answer(RUNS, okJson(runs(run(1, "build", "success"))));
        answer(STATUSES, okJson(statuses(status(1, "build", "failure"))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.FAILED);
    }

    @Test
    void theSameNameInTwoSuitesHidesNoFailure() {
        answer(RUNS, okJson(runs(inSuite(run(1, "build", "failure"), 7), inSuite(run(2, "build", "success"), 8))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.FAILED, State.SUCCEEDED);
    }

    @Test
    void twoJobsOfOneNameInAWorkflowHideNoFailure() {
        answer(
                RUNS,
                okJson(runs(
                        run(1, "build", "failure").put("external_id", "job-1"),
                        run(2, "build", "success").put("external_id", "job-2"))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.FAILED, State.SUCCEEDED);
    }

    @Test
    void theLatestRunOfACheckCounts() {
        answer(
                RUNS,
                okJson(runs(
                        byApp(run(3, "scan", "success").put("external_id", "third"), "scanner"),
                        byApp(run(2, "scan", "failure").put("external_id", "second"), "scanner"))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED);
    }

    @Test
    void aRerunKeepsTheKeyOfItsCheck() {
        answer(RUNS, okJson(runs(run(1, "build", "failure"))));
        String before = read().checks().get(0).key();
        answer(RUNS, okJson(runs(run(9, "build", "queued", null))));

        assertThat(read().checks()).extracting(Check::key).containsExactly(before);
    }

    @Test
    void nullsWhereTheSchemaAllowsThemAreTolerated() {
        ObjectNode bare = run(1, "build", "queued", null);
        for (String field : List.of("html_url", "details_url", "external_id", "check_suite", "app", "started_at")) {
            bare.putNull(field);
        }
        answer(RUNS, okJson(runs(bare)));
        ObjectNode status = status(1, "ci", "pending");
        status.putNull("target_url");
        answer(STATUSES, okJson(statuses(status)));

        assertThat(read().checks())
                .extracting(Check::name, Check::url)
                .containsExactly(tuple("build", ""), tuple("ci", ""));
    }

    @Test
    void thePageThatAReporterNamesIsKeptBesideGitHubsOwn() {
        ObjectNode run = run(1, "deploy", "in_progress", null);
        run.put("html_url", "https://github.com/octocat/Hello-World/runs/1");
        run.put("details_url", "https://jenkins.example.com/job/deploy/7/display/redirect");
        answer(RUNS, okJson(runs(run)));

        assertThat(read().checks())
                .extracting(Check::url, Check::origin)
                .containsExactly(tuple(
                        "https://github.com/octocat/Hello-World/runs/1",
                        "https://jenkins.example.com/job/deploy/7/display/redirect"));
    }

    @Test
    void namesAndLinksFromOutsideAreMadeHarmless() {
        ObjectNode run = run(1, "a\r\n\u001b[31mb" + "x".repeat(300), "success");
        run.put("html_url", "javascript:alert(1)");
        answer(RUNS, okJson(runs(run)));

        Check check = read().checks().get(0);

        assertThat(check.name()).startsWith("a [31mbx").hasSize(255).doesNotContain("\n", "\u001b");
        assertThat(check.url()).isEqualTo("https://example.com");
    }

    @Test
    void readsAllPagesByTheirCount() {
        page(RUNS, null, runsOf(230, manyRuns(1, 100)), "");
        page(RUNS, "2", runsOf(230, manyRuns(101, 100)), "");
        page(RUNS, "3", runsOf(230, manyRuns(201, 30)), "");

        assertThat(read().checks()).hasSize(230).extracting(Check::name).contains("job 1", "job 101", "job 230");
    }

    @Test
    void readsAllPagesByTheLinkToTheNext() {
        List<ObjectNode> first = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> status(number, "ci " + number, "success"))
                .toList();
        page(STATUSES, null, statusesOf(100, first), "<https://elsewhere.example/?page=2>; rel=\"next\"");
        page(STATUSES, "2", statusesOf(100, List.of(status(101, "ci 101", "failure"))), "");

        assertThat(read().checks()).hasSize(101).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void aListThatIsShorterThanItsCountIsNotTaken() {
        page(RUNS, null, runsOf(101, manyRuns(1, 100)), "");
        page(RUNS, "2", runsOf(101, List.of()), "");

        assertThat(refusal().isPermanent()).isFalse();
        assertThat(refusal()).hasMessageContaining("100 of 101");
    }

    @Test
    void aWorkflowThatCannotStartIsAFailure() {
        answer(SUITES, okJson(suites(suite(77, "github-actions", "completed", "startup_failure", 0))));

        assertThat(read().checks())
                .containsExactly(new Check(
                        "suite/77",
                        "GitHub Actions",
                        State.FAILED,
                        "startup_failure",
                        server.baseUrl() + "/octocat/Hello-World/commit/" + SHA + "/checks?check_suite_id=77"));
    }

    @Test
    void aWorkflowWithMoreJobsToComeIsPending() {
        answer(RUNS, okJson(runs(inSuite(run(1, "build", "success"), 7))));
        answer(SUITES, okJson(suites(suite(7, "github-actions", "in_progress", null, 1))));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.PENDING);
    }

    @Test
    void suitesThatTellNothingNewAreNoChecks() {
        answer(
                RUNS,
                okJson(runs(
                        inSuite(run(1, "build", "success"), 7),
                        inSuite(run(2, "slow", "in_progress", null), 8),
                        inSuite(run(3, "docs", "skipped"), 9))));
        answer(
                SUITES,
                okJson(suites(
                        suite(7, "github-actions", "completed", "success", 1),
                        suite(8, "github-actions", "in_progress", null, 1),
                        suite(9, "github-actions", "completed", "startup_failure", 1),
                        suite(10, "github-actions", "queued", null, 0),
                        suite(11, "dependabot", "queued", null, 0))));

        assertThat(read().checks()).extracting(Check::name).containsExactly("build", "slow", "docs");
    }

    @Test
    void aServerWithoutSuitesIsNoError() {
        answer(RUNS, okJson(runs(run(1, "build", "success"))));
        answer(SUITES, aResponse().withStatus(404));

        assertThat(read().checks()).hasSize(1);
    }

    @Test
    void aFailedJobIsExplainedByItsStepAndTheEndOfItsLog() {
        String jobs = "/repos/octocat/Hello-World/actions/jobs/399444496";
        WireMockServer storage =
                new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        storage.start();
        try {
            answer(jobs, okJson(failedJob()));
            answer(
                    jobs + "/logs",
                    aResponse().withStatus(302).withHeader("Location", storage.baseUrl() + "/log?sig=abc"));
            storage.stubFor(get(urlPathEqualTo("/log"))
                    .willReturn(aResponse()
                            .withBody("noise\n".repeat(50_000) + "2020-01-20T17:44:39.1Z ##[error]hunter2 is wrong\n"
                                    + "cleaning up\n")));

            assertThat(explain("/octocat/Hello-World/actions/runs/29679449/job/399444496"))
                    .singleElement()
                    .satisfies(detail -> {
                        assertThat(detail.step()).isEqualTo("Run npm test");
                        assertThat(detail.log()).hasSize(30).endsWith("noise", "**** is wrong");
                    });
            storage.verify(getRequestedFor(urlPathEqualTo("/log")).withHeader("Authorization", absent()));
            server.verify(getRequestedFor(urlPathEqualTo(jobs + "/logs"))
                    .withHeader("Authorization", equalTo("Bearer " + token)));
        } finally {
            storage.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 500})
    void aLogThatMayNotBeReadIsNoError(int status) {
        String jobs = "/repos/octocat/Hello-World/actions/jobs/399444496";
        answer(jobs, okJson(failedJob()));
        answer(jobs + "/logs", aResponse().withStatus(status).withBody("no"));

        assertThat(explain("/octocat/Hello-World/actions/runs/29679449/job/399444496"))
                .containsExactly(new FailureDetail("key", "Run npm test", List.of()));
    }

    @Test
    void whatIsNoJobOfThisRepositoryIsNotAskedFor() {
        assertThat(explain("/octocat/Hello-World/runs/4")).isEmpty();
        assertThat(explain("/octocat/Other/actions/runs/1/job/2")).isEmpty();
        assertThat(explain("")).isEmpty();
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    private static String failedJob() {
        ObjectNode job = (ObjectNode) ScriptedApi.example("github/workflow-run-jobs.example.json")
                .at("/jobs/0")
                .deepCopy();
        ((ObjectNode) job.at("/steps/6")).put("name", "Run npm test").put("conclusion", "failure");
        return job.toString();
    }

    private static List<FailureDetail> explain(String page) {
        GitHub github = new GitHub(
                CLIENT,
                server.baseUrl(),
                "octocat/Hello-World",
                () -> Optional.of(token),
                text -> text.replace("hunter2", "****"));
        String url = page.isEmpty() ? "" : server.baseUrl() + page;
        return github.explain(List.of(new Check("key", "build", State.FAILED, "failure", url)))
                .join();
    }

    @Test
    void anUnchangedListCostsNothingAndIsTheSame() {
        server.stubFor(get(urlPathEqualTo(RUNS))
                .withHeader("If-None-Match", absent())
                .willReturn(okJson(runs(run(1, "build", "success"))).withHeader("ETag", "W/\"abc\"")));
        server.stubFor(get(urlPathEqualTo(RUNS))
                .withHeader("If-None-Match", equalTo("W/\"abc\""))
                .willReturn(aResponse().withStatus(304)));
        GitHub github = github();

        CiSnapshot first = github.read(SHA).join();
        CiSnapshot second = github.read(SHA).join();

        assertThat(second).isEqualTo(first);
        server.verify(1, getRequestedFor(urlPathEqualTo(RUNS)).withHeader("If-None-Match", equalTo("W/\"abc\"")));
    }

    @Test
    void anEtagThatIsNoneIsNotSentBack() {
        answer(RUNS, okJson(runs(run(1, "build", "success"))).withHeader("ETag", "x".repeat(300)));
        GitHub github = github();

        github.read(SHA).join();

        assertThat(github.read(SHA).join().checks()).hasSize(1);
        server.verify(2, getRequestedFor(urlPathEqualTo(RUNS)).withHeader("If-None-Match", absent()));
    }

    @Test
    void everyPageHasItsOwnEtag() {
        page(RUNS, null, runsOf(101, manyRuns(1, 100)), "");
        page(RUNS, "2", runsOf(101, manyRuns(101, 1)), "");
        server.stubFor(get(urlPathEqualTo(RUNS))
                .withHeader("If-None-Match", equalTo("\"page null\""))
                .willReturn(aResponse().withStatus(304)));
        GitHub github = github();
        github.read(SHA).join();
        ObjectNode changed = run(101, "job 101", "failure");
        page(RUNS, "2", runsOf(101, List.of(changed)), "");

        assertThat(github.read(SHA).join().checks())
                .hasSize(101)
                .last()
                .extracting(Check::state)
                .isEqualTo(State.FAILED);
    }

    @Test
    void aMessageThatSkipsCiIsNoticedWhenThereIsNoCheck() {
        answer(COMMIT, okJson("{\"commit\": {\"message\": \"Fix a typo [skip ci]\"}}"));
        GitHub github = github();

        assertThat(github.read(SHA).join()).isEqualTo(new CiSnapshot(List.of(), true));
        assertThat(github.read(SHA).join().ciSkipped()).isTrue();
        server.verify(1, getRequestedFor(urlPathEqualTo(COMMIT)));
    }

    @Test
    void theMessageIsNotReadWhenThereAreChecks() {
        answer(RUNS, okJson(runs(run(1, "build", "success"))));

        assertThat(read().ciSkipped()).isFalse();
        server.verify(0, getRequestedFor(urlPathEqualTo(COMMIT)));
    }

    @Test
    void aTokenThatMayNotReadTheMessageStillReadsChecks() {
        answer(COMMIT, aResponse().withStatus(403));

        assertThat(read()).isEqualTo(new CiSnapshot(List.of(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "401, Bad credentials, renew it",
        "403, Resource not accessible by integration, Checks: read",
        "404, Not Found, repository's name",
        "422, No commit found for SHA, push it",
        "410, Gone, ci.github.apiUrl",
    })
    void aRefusalIsPermanentAndSaysWhatToDo(int status, String message, String remedy) {
        answer(RUNS, aResponse().withStatus(status).withBody("{\"message\": \"" + message + "\"}"));

        CiReadException refusal = refusal();

        assertThat(refusal.isPermanent()).isTrue();
        assertThat(refusal).hasMessageContainingAll("GitHub octocat/Hello-World", "" + status, message, remedy);
    }

    @Test
    void aMissingPermissionForStatusesIsNamed() {
        answer(STATUSES, aResponse().withStatus(403).withBody("{\"message\": \"Resource not accessible\"}"));

        assertThat(refusal()).hasMessageContaining("\"Commit statuses: read\"");
    }

    @Test
    void withoutATokenARefusalAsksForOne() {
        answer(RUNS, aResponse().withStatus(401));

        assertThat(refusal(github(Optional::empty))).hasMessageContaining("It wants a token");
        server.verify(getRequestedFor(urlPathEqualTo(RUNS)).withHeader("Authorization", absent()));
    }

    @Test
    void singleSignOnIsNamed() {
        answer(RUNS, aResponse().withStatus(403).withHeader("X-GitHub-SSO", "required; url=https://github.com/"));

        assertThat(refusal()).hasMessageContaining("single sign-on");
    }

    @Test
    void theRateLimitIsWaitedForByTheServersClock() {
        Instant serverTime = Instant.parse("2001-01-01T00:00:00Z");
        answer(
                RUNS,
                aResponse()
                        .withStatus(403)
                        .withHeader("Date", "Mon, 01 Jan 2001 00:00:00 GMT")
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader(
                                "X-RateLimit-Reset",
                                "" + serverTime.plusSeconds(90).getEpochSecond())
                        .withBody("{\"message\": \"API rate limit exceeded\"}"));

        CiReadException refusal = refusal();

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void theSecondaryRateLimitIsWaitedFor(int status) {
        answer(RUNS, aResponse().withStatus(status).withHeader("Retry-After", "7"));

        CiReadException refusal = refusal();

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aSecondaryRateLimitWithoutATimeIsAMinute() {
        answer(
                RUNS,
                aResponse().withStatus(403).withBody("{\"message\": \"You have exceeded a secondary rate limit.\"}"));

        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void nothingIsAskedWhileTheLimitIsUsedUp() {
        answer(RUNS, aResponse().withStatus(429).withHeader("Retry-After", "600"));
        GitHub github = github();
        refusal(github);
        server.resetRequests();

        CiReadException refusal = refusal(github);

        assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(600));
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void allRepositoriesOfATokenWaitTogether() {
        answer(RUNS, aResponse().withStatus(429).withHeader("Retry-After", "600"));
        refusal();
        server.resetRequests();
        GitHub other = new GitHub(CLIENT, server.baseUrl(), "octocat/Spoon-Knife", () -> Optional.of(token));

        assertThat(refusal(other)).hasMessageContaining("GitHub octocat/Spoon-Knife on localhost asked to wait");
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void anotherTokenHasALimitOfItsOwn() {
        AtomicReference<String> token = new AtomicReference<>("first");
        GitHub github = github(() -> Optional.of(token.get()));
        answer(RUNS, aResponse().withStatus(429).withHeader("Retry-After", "600"));
        refusal(github);
        answer(RUNS, okJson(runs(run(1, "build", "success"))));
        token.set("second");

        assertThat(github.read(SHA).join().checks()).hasSize(1);
        server.verify(getRequestedFor(urlPathEqualTo(RUNS)).withHeader("Authorization", equalTo("Bearer second")));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 204})
    void aServerInTroubleIsAskedAgain(int status) {
        answer(RUNS, aResponse().withStatus(status).withBody("<html>Bad gateway</html>"));

        assertThat(refusal().isPermanent()).isFalse();
    }

    @Test
    void aServerInTroubleMaySayHowLong() {
        answer(RUNS, aResponse().withStatus(503).withHeader("Retry-After", "30"));

        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void afterAnErrorTheNextReadWorks() {
        server.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("trouble")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(500))
                .willSetStateTo("over"));
        server.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("trouble")
                .whenScenarioStateIs("over")
                .willReturn(okJson(runs(run(1, "build", "success")))));
        GitHub github = github();

        refusal(github);

        assertThat(github.read(SHA).join().checks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "<html>Please sign in</html>",
                "{\"message\": \"all fine\"}",
                "{\"total_count\": \"1\", \"check_runs\": []}",
                "{\"total_count\": 1, \"check_runs\": [{}]}",
                "{\"total_count\": 1, \"check_runs\": [{\"id\": 1, \"name\": null}]}",
                "{\"total_count\": 1, \"check_runs\": [{\"id\": \"x\", \"name\": \"a\"}]}"
            })
    void anAnswerOfAnotherFormIsNoAnswer(String body) {
        answer(RUNS, aResponse().withBody(body));

        CiReadException refusal = refusal();

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal).hasMessageContaining("JSON");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        answer(RUNS, aResponse().withBody(" ".repeat(11 * 1024 * 1024)));

        assertThat(refusal()).hasMessageContaining("longer than 10 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenConnectionIsAskedAgain(Fault fault) {
        answer(RUNS, aResponse().withFault(fault));

        assertThat(refusal().isPermanent()).isFalse();
    }

    @Test
    void aServerThatIsDownIsAskedAgain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        GitHub github = new GitHub(CLIENT, "http://127.0.0.1:" + port, "octocat/Hello-World", Optional::empty);

        CiReadException refusal = refusal(github);

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal).hasMessageContaining("cannot be reached: ConnectException");
    }

    @Test
    void aBodyThatDripsCannotStretchTheTimeout() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AtomicBoolean hungUp = new AtomicBoolean();
            Thread dripping = new Thread(() -> dripTo(socket, hungUp));
            dripping.setDaemon(true);
            dripping.start();
            GitHub github = new GitHub(
                    CLIENT,
                    "http://127.0.0.1:" + socket.getLocalPort(),
                    "octocat/Hello-World",
                    Optional::empty,
                    UnaryOperator.identity(),
                    Duration.ofMillis(300));

            assertThat(refusal(github)).hasMessageContaining("no complete answer within");
            Awaitility.await().untilTrue(hungUp);
        }
    }

    @Test
    void aRenamedRepositoryIsFollowedOnTheSameServer() {
        String target = "/repositories/1296269/commits/" + SHA + "/check-runs";
        answer(RUNS, aResponse().withStatus(301).withHeader("Location", server.baseUrl() + target));
        answer(target, okJson(runs(run(1, "build", "success"))));

        assertThat(read().checks()).hasSize(1);
        server.verify(getRequestedFor(urlPathEqualTo(target))
                .withQueryParam("per_page", equalTo("100"))
                .withHeader("Authorization", equalTo("Bearer " + token)));
    }

    @ParameterizedTest
    @CsvSource({"301, true", "308, true", "302, false", "307, false"})
    void theTokenGoesToNoOtherServer(int status, boolean permanent) {
        WireMockServer other =
                new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        other.start();
        try {
            answer(RUNS, aResponse().withStatus(status).withHeader("Location", other.baseUrl() + RUNS));

            CiReadException refusal = refusal();

            assertThat(refusal.isPermanent()).isEqualTo(permanent);
            assertThat(refusal).hasMessageContainingAll(other.baseUrl(), "ci.github.apiUrl");
            assertThat(other.getAllServeEvents()).isEmpty();
        } finally {
            other.stop();
        }
    }

    @Test
    void redirectsInACircleEnd() {
        answer(RUNS, aResponse().withStatus(302).withHeader("Location", RUNS));

        assertThat(refusal()).hasMessageContaining("circle");
    }

    @Test
    void aClientThatFollowsRedirectsIsNotTaken() {
        HttpClient eager = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();

        assertThatThrownBy(() -> new GitHub(eager, server.baseUrl(), "octocat/Hello-World", Optional::empty))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatEchoesTheTokenDoesNotGetItIntoAMessage() {
        answer(RUNS, aResponse().withStatus(403).withBody("{\"message\": \"Denied: Bearer " + token + "\"}"));

        assertThat(refusal()).hasMessageContaining("Denied: Bearer ****").hasMessageNotContaining(token);
    }

    @Test
    void aTokenThatIsNoneIsRefusedWithoutShowingIt() {
        CiReadException refusal = refusal(github(() -> Optional.of("secret one\nsecret two")));

        assertThat(refusal.isPermanent()).isTrue();
        assertThat(refusal).hasMessageContaining("line breaks").hasMessageNotContaining("secret");
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void aTokenWithALineEndFromAFileIsTaken() {
        github(() -> Optional.of(token + "\n")).read(SHA).join();

        server.verify(getRequestedFor(urlPathEqualTo(RUNS)).withHeader("Authorization", equalTo("Bearer " + token)));
    }

    @Test
    void aCredentialsStoreThatFailsShowsNothingOfItsMessage() {
        CiReadException refusal = refusal(github(() -> {
            throw new IllegalStateException("vault key " + token);
        }));

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal).hasMessageContaining("IllegalStateException").hasMessageNotContaining(token);
        assertThat(refusal.getCause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "owner",
                "owner/",
                "/name",
                "a/b/c",
                "https://github.com/owner/name",
                "owner/..",
                "o/n?x=1",
                "o w/n"
            })
    void aRepositoryOfAnotherFormIsRefused(String repository) {
        assertThatThrownBy(() -> new GitHub(CLIENT, GitHub.DEFAULT_API_URL, repository, Optional::empty))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("ci.github.repository", "owner/name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.com",
                "ftp://github.com",
                "https://user:pw@ghe.example.com",
                "https://a b",
                "http:///x"
            })
    void anApiAddressOfAnotherFormIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> new GitHub(CLIENT, url, "o/n", Optional::empty))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("ci.github.apiUrl")
                .hasMessageNotContaining("user:pw");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, GitHub o/n, https://github.com/o/n",
        "https://api.github.com/, GitHub o/n, https://github.com/o/n",
        "https://ghe.example.com/api/v3, GitHub o/n on ghe.example.com, https://ghe.example.com/o/n",
        "https://ghe.example.com:8443/api/v3/, GitHub o/n on ghe.example.com, https://ghe.example.com:8443/o/n",
        "https://api.octo.ghe.com, GitHub o/n on octo.ghe.com, https://octo.ghe.com/o/n",
    })
    void theWebAddressFollowsFromTheApis(String apiUrl, String name, String page) {
        GitHub github = new GitHub(CLIENT, apiUrl, "o/n", Optional::empty);

        assertThat(github.describe()).isEqualTo(name);
        assertThat(github.pageOf(SHA)).isEqualTo(page + "/commit/" + SHA + "/checks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6dcb09b", "main", "", "6dcb09b5b57875f334f61aebed695e2e4193db5e/../x"})
    void onlyAFullShaIsAskedFor(String sha) {
        assertThatThrownBy(() -> github().read(sha))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("sha:");
    }

    private static GitHub github() {
        return github(() -> Optional.of(token));
    }

    private static GitHub github(Supplier<Optional<String>> token) {
        return new GitHub(CLIENT, server.baseUrl(), "octocat/Hello-World", token);
    }

    private static CiSnapshot read() {
        return github().read(SHA).join();
    }

    private static CiReadException refusal() {
        return refusal(github());
    }

    private static CiReadException refusal(GitHub github) {
        try {
            github.read(SHA).join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(CiReadException.class);
            return (CiReadException) e.getCause();
        }
        throw new AssertionError("the read succeeded");
    }

    private static void answer(String path, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(response));
    }

    private static void page(String path, String number, String body, String link) {
        server.stubFor(get(urlPathEqualTo(path))
                .withQueryParam("page", number == null ? absent() : equalTo(number))
                .willReturn(okJson(body)
                        .withHeader("ETag", "\"page " + number + "\"")
                        .withHeader("Link", link)));
    }

    private static List<ObjectNode> manyRuns(int first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(number -> run(number, "job " + number, "success"))
                .toList();
    }

    private static void dripTo(ServerSocket socket, AtomicBoolean hungUp) {
        try (Socket peer = socket.accept()) {
            OutputStream out = peer.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!socket.isClosed()) {
                out.write(' ');
                out.flush();
                Thread.sleep(10);
            }
        } catch (IOException e) {
            hungUp.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

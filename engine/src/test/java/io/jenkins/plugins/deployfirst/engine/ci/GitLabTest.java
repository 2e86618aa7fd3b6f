package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedApi.example;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedApi.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads checks from a server that answers as GitLab does. */
class GitLabTest {
    private static final String SHA = "18f3e63d05582537db6d183d9d557be09e1f90c8";
    private static final String PROJECT = "/api/v4/projects/group%2Fsub%2Fname";
    private static final String STATUSES = PROJECT + "/repository/commits/" + SHA + "/statuses";
    private static final String PIPELINES = PROJECT + "/pipelines";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Another one for each test, since a limit that is used up is one of the token. */
    private static String token;

    @RegisterExtension
    private static final ScriptedApi api = new ScriptedApi();

    @BeforeEach
    void answerWithoutChecks() {
        token = "glpat-TopSecret" + UUID.randomUUID();
        api.answer(STATUSES, list());
        api.answer(PIPELINES, list());
    }

    @Test
    void readsTheDocumentedExamples() {
        api.answer(
                STATUSES, okJson(example("gitlab/commit-statuses.example.json").toString()));
        api.answer(PIPELINES, okJson(example("gitlab/pipelines.example.json").toString()));

        // Of the two pipelines of one ref the later counts, and has no jobs here.
        assertThat(read().checks())
                .extracting(Check::name, Check::state, Check::conclusion, Check::url)
                .containsExactly(
                        tuple(
                                "bundler:audit",
                                State.PENDING,
                                "pending",
                                "https://gitlab.example.com/janedoe/gitlab-foss/builds/91"),
                        tuple(
                                "test",
                                State.PENDING,
                                "pending",
                                "https://gitlab.example.com/janedoe/gitlab-foss/builds/90"),
                        tuple("Pipeline (web)", State.PENDING, "pending", "https://example.com/foo/bar/pipelines/48"));
    }

    @Test
    void asksForTheCommitWithTheToken() {
        read();

        api.server()
                .verify(getRequestedFor(urlPathEqualTo(STATUSES))
                        .withQueryParam("per_page", equalTo("100"))
                        .withHeader("Authorization", equalTo("Bearer " + token))
                        .withHeader("Accept", equalTo("application/json")));
        api.server()
                .verify(getRequestedFor(urlPathEqualTo(PIPELINES))
                        .withQueryParam("sha", equalTo(SHA))
                        .withQueryParam("per_page", equalTo("100")));
    }

    @ParameterizedTest
    @CsvSource({
        "created, false, PENDING",
        "waiting_for_resource, false, PENDING",
        "waiting_for_callback, false, PENDING",
        "preparing, false, PENDING",
        "pending, false, PENDING",
        "running, false, PENDING",
        "scheduled, false, PENDING",
        "canceling, false, PENDING",
        "success, false, SUCCEEDED",
        "failed, false, FAILED",
        "failed, true, NEUTRAL",
        "canceled, false, FAILED",
        "canceled, true, NEUTRAL",
        "skipped, false, NEUTRAL",
        "manual, false, NEUTRAL",
        "manual, true, NEUTRAL",
        "a_word_of_tomorrow, false, PENDING",
    })
    void everyDocumentedStateOfAJobHasAMeaning(String status, boolean allowFailure, State expected) {
        api.answer(STATUSES, list(job(1, 47, "test", status).put("allow_failure", allowFailure)));

        assertThat(read().checks()).extracting(Check::state).containsExactly(expected);
    }

    @Test
    void aManualJobAndWhatItHoldsBackBlockNothing() {
        api.answer(PIPELINES, list(pipeline(47, "push", "manual")));
        api.answer(
                STATUSES,
                list(
                        job(1, 47, "build", "success"),
                        job(2, 47, "deploy", "manual"),
                        job(3, 47, "smoke test", "created")));

        assertThat(read().checks())
                .extracting(Check::state)
                .containsExactly(State.SUCCEEDED, State.NEUTRAL, State.NEUTRAL);
    }

    @Test
    void aJobThatIsYetToStartIsPendingWhileThePipelineRuns() {
        api.answer(PIPELINES, list(pipeline(47, "push", "running")));
        api.answer(STATUSES, list(job(1, 47, "build", "success"), job(3, 47, "test", "created")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.PENDING);
    }

    @Test
    void whatOtherSystemsReportCounts() {
        api.answer(PIPELINES, list(pipeline(48, "push", "success"), pipeline(47, "external", "failed")));
        api.answer(STATUSES, list(job(2, 48, "build", "success"), job(1, 47, "jenkins", "failed")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.FAILED);
    }

    @Test
    void aNewPipelineOfABranchTakesTheOldOnesPlace() {
        api.answer(PIPELINES, list(pipeline(48, "web", "running"), pipeline(47, "push", "failed")));
        api.answer(STATUSES, list(job(2, 48, "build", "running"), job(1, 47, "build", "failed")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.PENDING);
    }

    @Test
    void aNightlyPipelineHidesNoFailureOfThePush() {
        api.answer(PIPELINES, list(pipeline(48, "schedule", "success"), pipeline(47, "push", "failed")));
        api.answer(STATUSES, list(job(2, 48, "build", "success"), job(1, 47, "build", "failed")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.FAILED);
    }

    @Test
    void aTagAndAMergeRequestHaveChecksOfTheirOwn() {
        api.answer(PIPELINES, list(pipeline(48, "push", "success").put("ref", "v1.0"), pipeline(47, "push", "failed")));
        api.answer(STATUSES, list(job(2, 48, "build", "success").put("ref", "v1.0"), job(1, 47, "build", "failed")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.FAILED);
    }

    @Test
    void aRetriedJobKeepsItsKeyAndItsLastRunCounts() {
        api.answer(PIPELINES, list(pipeline(47, "push", "running")));
        api.answer(STATUSES, list(job(1, 47, "test", "failed")));
        String before = read().checks().get(0).key();
        api.answer(STATUSES, list(job(1, 47, "test", "failed"), job(9, 47, "test", "running")));

        assertThat(read().checks()).extracting(Check::key, Check::state).containsExactly(tuple(before, State.PENDING));
    }

    @Test
    void aJobOfAPipelineThatIsNotListedYetIsNotHidden() {
        api.answer(PIPELINES, list(pipeline(47, "push", "success")));
        api.answer(STATUSES, list(job(1, 47, "build", "success"), job(2, 48, "build", "failed")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.FAILED);
    }

    @Test
    void theJobsOfAnOlderGitLabCountByTheirRef() {
        api.answer(PIPELINES, list(pipeline(47, "push", "success")));
        api.answer(STATUSES, list(withoutPipeline(job(1, 0, "build", "success"))));

        assertThat(read().checks()).extracting(Check::name).containsExactly("build");
    }

    @ParameterizedTest
    @CsvSource({"failed, FAILED", "canceled, FAILED", "created, PENDING", "a_word_of_tomorrow, PENDING"})
    void aPipelineWithoutJobsSpeaksForItself(String status, State expected) {
        api.answer(PIPELINES, list(pipeline(47, "push", status)));

        assertThat(read().checks())
                .containsExactly(new Check(
                        "pipeline//main",
                        "Pipeline (push)",
                        expected,
                        status,
                        "https://gitlab.example.com/group/sub/name/-/pipelines/47"));
    }

    @Test
    void aDownstreamPipelineThatFailedIsSeenInTheOneThatWaitsForIt() {
        api.answer(PIPELINES, list(pipeline(47, "push", "failed")));
        api.answer(STATUSES, list(job(1, 47, "build", "success")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.FAILED);
    }

    @Test
    void aDownstreamPipelineThatIsWaitedForIsPending() {
        api.answer(PIPELINES, list(pipeline(47, "push", "running")));
        api.answer(STATUSES, list(job(1, 47, "build", "success")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.PENDING);
    }

    @Test
    void aFailureThatIsAllowedFailsNoPipeline() {
        api.answer(PIPELINES, list(pipeline(47, "push", "success")));
        api.answer(
                STATUSES,
                list(
                        job(1, 47, "build", "success"),
                        job(2, 47, "audit", "failed").put("allow_failure", true)));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.NEUTRAL);
    }

    @Test
    void aSkippedPipelineWithoutJobsIsACommitThatAsksToSkipCi() {
        api.answer(PIPELINES, list(pipeline(47, "push", "skipped")));

        assertThat(read()).isEqualTo(new CiSnapshot(List.of(), true));
    }

    @Test
    void nothingYetIsNoSkippedCommit() {
        assertThat(read()).isEqualTo(new CiSnapshot(List.of(), false));
    }

    @Test
    void readsAllPagesByTheLinksOfTheServer() {
        api.page(STATUSES, null, list(jobs(1, 100)).withHeader("Link", next("page=2&per_page=100")));
        api.page(STATUSES, "2", list(jobs(101, 100)).withHeader("Link", next("page=3&per_page=100")));
        api.page(STATUSES, "3", list(job(201, 47, "last", "failed")));

        assertThat(read().checks()).hasSize(201).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void readsAllPagesByTheKeysOfTheServer() {
        api.server()
                .stubFor(get(urlPathEqualTo(STATUSES))
                        .withQueryParam("cursor", absent())
                        .willReturn(list(jobs(1, 100))
                                .withHeader("Link", next("pagination=keyset&per_page=100&cursor=eyJpZCI6IjQyIn0"))));
        api.server()
                .stubFor(get(urlPathEqualTo(STATUSES))
                        .withQueryParam("cursor", equalTo("eyJpZCI6IjQyIn0"))
                        .willReturn(list(job(101, 47, "last", "failed"))));

        assertThat(read().checks()).hasSize(101).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void readsAllPagesByTheirCountWhereThereIsNoLink() {
        api.page(STATUSES, null, list(jobs(1, 100)).withHeader("X-Total", "101"));
        api.page(STATUSES, "2", list(job(101, 47, "last", "failed")).withHeader("X-Total", "101"));

        assertThat(read().checks()).hasSize(101).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void pagesWithoutEndAreNotTaken() {
        api.answer(STATUSES, list(job(1, 47, "build", "success")).withHeader("Link", next("page=2")));

        assertThat(refusal()).hasMessageContaining("more than 100 pages");
    }

    @Test
    void aFailedJobIsExplainedByTheEndOfItsTrace() {
        api.answer(PROJECT + "/jobs/91/trace", aResponse().withBody("$ make\nhunter2 is wrong\n"));
        String url = api.server().baseUrl() + "/group/sub/name/-/jobs/91";

        assertThat(gitLab().explain(List.of(new Check("key", "test", State.FAILED, "failed", url)))
                        .join())
                .containsExactly(new FailureDetail("key", "", List.of("$ make", "**** is wrong")));
        api.server()
                .verify(getRequestedFor(urlPathEqualTo(PROJECT + "/jobs/91/trace"))
                        .withHeader("Authorization", equalTo("Bearer " + token)));
    }

    @Test
    void anUnchangedListIsNotSentAgain() {
        api.server()
                .stubFor(get(urlPathEqualTo(STATUSES))
                        .withHeader("If-None-Match", absent())
                        .willReturn(list(job(1, 47, "build", "success")).withHeader("ETag", "W/\"abc\"")));
        api.server()
                .stubFor(get(urlPathEqualTo(STATUSES))
                        .withHeader("If-None-Match", equalTo("W/\"abc\""))
                        .willReturn(aResponse().withStatus(304)));
        GitLab gitLab = gitLab();

        assertThat(gitLab.read(SHA).join()).isEqualTo(gitLab.read(SHA).join());
        api.server()
                .verify(1, getRequestedFor(urlPathEqualTo(STATUSES)).withHeader("If-None-Match", equalTo("W/\"abc\"")));
    }

    @ParameterizedTest
    @CsvSource({
        "401, {\"message\":\"401 Unauthorized\"}, renew it",
        "403, {\"message\":\"403 Forbidden\"}, read_api",
        "403, '{\"error\":\"insufficient_scope\",\"error_description\":\"…\",\"scope\":\"api read_api\"}', read_api",
        "404, {\"message\":\"404 Project Not Found\"}, project's name",
        "404, {\"message\":\"404 Commit Not Found\"}, push it",
        "410, {\"message\":\"gone\"}, ci.gitlab.apiUrl and ci.gitlab.project",
    })
    void aRefusalIsPermanentAndSaysWhatToDo(int status, String body, String remedy) {
        api.answer(STATUSES, aResponse().withStatus(status).withBody(body));

        assertThat(refusal().isPermanent()).isTrue();
        assertThat(refusal()).hasMessageContainingAll("GitLab group/sub/name", "" + status, remedy);
    }

    @Test
    void aProjectWithoutPipelinesStillHasItsExternalJobs() {
        api.answer(PIPELINES, aResponse().withStatus(403));
        api.answer(STATUSES, list(job(1, 47, "jenkins", "success")));

        assertThat(read().checks()).extracting(Check::name).containsExactly("jenkins");
    }

    @Test
    void theRateLimitIsWaitedForByGitLabsHeaders() {
        api.answer(
                STATUSES,
                aResponse()
                        .withStatus(403)
                        .withHeader("Date", "Mon, 01 Jan 2001 00:00:00 GMT")
                        .withHeader("RateLimit-Remaining", "0")
                        .withHeader("RateLimit-Reset", "978307290"));

        CiReadException refusal = refusal();

        assertThat(refusal.isPermanent()).isFalse();
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void tooManyRequestsSayWhenToComeAgain() {
        api.answer(
                STATUSES,
                aResponse().withStatus(429).withHeader("Retry-After", "7").withBody("Retry later"));

        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aMovedProjectIsFollowedOnTheSameServer() {
        String target = "/api/v4/projects/81/repository/commits/" + SHA + "/statuses";
        api.answer(
                STATUSES,
                aResponse().withStatus(301).withHeader("Location", api.server().baseUrl() + target));
        api.answer(target, list(job(1, 47, "build", "success")));

        assertThat(read().checks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "<html>Please sign in</html>",
                "[{}]",
                "[{\"id\": 1, \"status\": null, \"name\": \"a\"}]",
                "[{\"id\": 1, \"status\": \"success\"}]"
            })
    void anAnswerOfAnotherFormIsNoAnswer(String body) {
        api.answer(STATUSES, aResponse().withBody(body));

        assertThat(refusal().isPermanent()).isFalse();
        assertThat(refusal()).hasMessageContaining("JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "group/", "/name", "a//b", "https://gitlab.com/group/name", "a/..", "a b/c"})
    void aProjectOfAnotherFormIsRefused(String project) {
        assertThatThrownBy(() ->
                        new GitLab(CLIENT, GitLab.DEFAULT_API_URL, project, Optional::empty, UnaryOperator.identity()))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("ci.gitlab.project", "group/name");
    }

    @Test
    void anApiAddressOfAnotherFormIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> new GitLab(
                        CLIENT, "https://user:pw@gitlab.example.com", "g/n", Optional::empty, UnaryOperator.identity()))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("ci.gitlab.apiUrl")
                .hasMessageNotContaining("user:pw");
    }

    @ParameterizedTest
    @CsvSource({
        "https://gitlab.com/api/v4, GitLab g/n, https://gitlab.com/g/n",
        "https://git.example.com/api/v4/, GitLab g/n on git.example.com, https://git.example.com/g/n",
        "https://example.com/gitlab/api/v4, GitLab g/n on example.com, https://example.com/gitlab/g/n",
    })
    void theWebAddressFollowsFromTheApis(String apiUrl, String name, String page) {
        GitLab gitLab = new GitLab(CLIENT, apiUrl, "g/n", Optional::empty, UnaryOperator.identity());

        assertThat(gitLab.describe()).isEqualTo(name);
        assertThat(gitLab.pageOf(SHA)).isEqualTo(page + "/-/commit/" + SHA + "/pipelines");
    }

    @Test
    void onlyAFullShaIsAskedFor() {
        assertThatThrownBy(() -> gitLab().read("18f3e63"))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("sha:");
    }

    private static GitLab gitLab() {
        return new GitLab(
                CLIENT,
                api.server().baseUrl() + "/api/v4",
                "group/sub/name",
                () -> Optional.of(token),
                text -> text.replace("hunter2", "****"));
    }

    private static CiSnapshot read() {
        return gitLab().read(SHA).join();
    }

    private static CiReadException refusal() {
        return ScriptedApi.refusal(gitLab(), SHA);
    }

    private static String next(String query) {
        String url = "<https://gitlab.example.com" + STATUSES + "?";
        return url + "page=1>; rel=\"first\", " + url + query + ">; rel=\"next\"";
    }

    private static List<ObjectNode> jobs(int first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> job(id, 47, "job " + id, "success"))
                .toList();
    }

    /** A status as the example has it, with the pipeline that GitLab names since version 16. */
    private static ObjectNode job(long id, long pipeline, String name, String status) {
        ObjectNode job = example("gitlab/commit-statuses.example.json").get(1).deepCopy();
        return job.put("id", id).put("pipeline_id", pipeline).put("name", name).put("status", status);
    }

    private static ObjectNode withoutPipeline(ObjectNode job) {
        job.remove("pipeline_id");
        return job;
    }

    private static ObjectNode pipeline(long id, String source, String status) {
        ObjectNode pipeline = example("gitlab/pipelines.example.json").get(0).deepCopy();
        return pipeline.put("id", id)
                .put("source", source)
                .put("status", status)
                .put("ref", "main")
                .put("web_url", "https://gitlab.example.com/group/sub/name/-/pipelines/" + id);
    }
}

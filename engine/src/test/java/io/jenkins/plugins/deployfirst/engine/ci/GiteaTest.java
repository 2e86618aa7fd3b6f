package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedApi.example;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedApi.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads checks from a server that answers as Gitea and Forgejo do. */
class GiteaTest {
    private static final String SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String REPOSITORY = "/api/v1/repos/owner/name";
    private static final String STATUSES = REPOSITORY + "/commits/" + SHA + "/statuses";
    private static final String COMMIT = REPOSITORY + "/git/commits/" + SHA;
    private static final String TOKEN = "0123456789abcdef";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RegisterExtension
    private static final ScriptedApi api = new ScriptedApi();

    @BeforeEach
    void answerWithoutChecks() {
        api.answer(STATUSES, list());
        api.answer(COMMIT, okJson("{\"commit\": {\"message\": \"Fix all the bugs\"}}"));
    }

    @Test
    void readsAStatusAsItIsDocumented() {
        api.answer(STATUSES, list((ObjectNode) example("gitea/commit-status.example.json")));

        assertThat(read())
                .isEqualTo(new CiSnapshot(
                        List.of(new Check(
                                "status/CI / build (push)",
                                "CI / build (push)",
                                State.SUCCEEDED,
                                "success",
                                "https://gitea.example.com/owner/name/actions/runs/7/jobs/0")),
                        false));
    }

    @Test
    void asksForTheOldestFirstWithTheToken() {
        read();

        api.server()
                .verify(getRequestedFor(urlPathEqualTo(STATUSES))
                        .withQueryParam("sort", equalTo("highestindex"))
                        .withQueryParam("limit", equalTo("50"))
                        .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
    }

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "success, SUCCEEDED",
        "error, FAILED",
        "failure, FAILED",
        "warning, NEUTRAL",
        "skipped, NEUTRAL",
        "a_word_of_tomorrow, PENDING",
    })
    void everyStateHasAMeaning(String status, State expected) {
        api.answer(STATUSES, list(status(1, "ci", status)));

        assertThat(read().checks()).extracting(Check::state).containsExactly(expected);
    }

    @Test
    void theLastStatusOfAContextCounts() {
        api.answer(
                STATUSES,
                list(
                        status(1, "build", "pending"),
                        status(2, "test", "failure"),
                        status(4, "test", "success"),
                        status(3, "build", "success")));

        assertThat(read().checks()).extracting(Check::state).containsExactly(State.SUCCEEDED, State.SUCCEEDED);
    }

    @Test
    void aPageThatTheServerKeepsShortIsNotTheLast() {
        api.page(STATUSES, null, list(statuses(1, 30)).withHeader("X-Total-Count", "61"));
        api.page(STATUSES, "2", list(statuses(31, 30)).withHeader("X-Total-Count", "61"));
        api.page(STATUSES, "3", list(status(61, "last", "failure")).withHeader("X-Total-Count", "61"));

        assertThat(read().checks()).hasSize(61).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void readsAllPagesByTheLinksOfTheServer() {
        String link = "<https://gitea.example.com" + STATUSES
                + "?page=2&limit=50>; rel=\"next\",<https://x/?page=2>; rel=\"last\"";
        api.page(STATUSES, null, list(statuses(1, 50)).withHeader("Link", link));
        api.page(STATUSES, "2", list(status(51, "last", "failure")));

        assertThat(read().checks()).hasSize(51).last().extracting(Check::state).isEqualTo(State.FAILED);
    }

    @Test
    void aMessageThatSkipsCiIsNoticedWhenThereIsNoStatus() {
        api.answer(COMMIT, okJson("{\"commit\": {\"message\": \"Fix a typo [skip ci]\"}}"));

        assertThat(read()).isEqualTo(new CiSnapshot(List.of(), true));
    }

    @Test
    void anUnreadableMessageIsNoSkippedCommit() {
        api.answer(COMMIT, aResponse().withStatus(403));

        assertThat(read()).isEqualTo(new CiSnapshot(List.of(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "401, renew it",
        "403, read:repository",
        "404, repository's name",
        "405, ci.gitea.apiUrl and ci.gitea.repository",
    })
    void aRefusalIsPermanentAndSaysWhatToDo(int status, String remedy) {
        api.answer(STATUSES, aResponse().withStatus(status).withBody("{\"message\": \"no\", \"url\": \"…\"}"));

        CiReadException refusal = ScriptedApi.refusal(gitea(), SHA);

        assertThat(refusal.isPermanent()).isTrue();
        assertThat(refusal).hasMessageContainingAll("Gitea owner/name", status + " (no)", remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "owner", "a/b/c", "owner/.."})
    void aRepositoryOfAnotherFormIsRefused(String repository) {
        assertThatThrownBy(() -> new Gitea(CLIENT, "https://git.example.com/api/v1", repository, Optional::empty))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("ci.gitea.repository", "owner/name");
    }

    @Test
    void anApiAddressOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> new Gitea(CLIENT, "", "owner/name", Optional::empty))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContainingAll("ci.gitea.apiUrl", "/api/v1");
    }

    @Test
    void theWebAddressFollowsFromTheApis() {
        Gitea gitea = new Gitea(CLIENT, "https://codeberg.org/api/v1", "o/n", Optional::empty);

        assertThat(gitea.describe()).isEqualTo("Gitea o/n on codeberg.org");
        assertThat(gitea.pageOf(SHA)).isEqualTo("https://codeberg.org/o/n/commit/" + SHA);
    }

    private static Gitea gitea() {
        return new Gitea(CLIENT, api.server().baseUrl() + "/api/v1", "owner/name", () -> Optional.of(TOKEN));
    }

    private static CiSnapshot read() {
        return gitea().read(SHA).join();
    }

    private static List<ObjectNode> statuses(int first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> status(id, "ci " + id, "success"))
                .toList();
    }

    private static ObjectNode status(long id, String context, String state) {
        ObjectNode status = example("gitea/commit-status.example.json").deepCopy();
        return status.put("id", id).put("context", context).put("status", state);
    }
}

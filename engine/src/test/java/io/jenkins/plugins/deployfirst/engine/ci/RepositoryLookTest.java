package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks at repositories of each sort of CI server before anything is watched. */
class RepositoryLookTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RegisterExtension
    private static final ScriptedApi api = new ScriptedApi();

    @ParameterizedTest
    @EnumSource(CiService.class)
    void aRepositoryWhoseChecksCanBeReadIsSaidToBe(CiService service) {
        api.answer(repository(service), okJson("{\"default_branch\": \"release/2 x\"}"));
        answerChecks(service, "{}");

        assertThat(open(service).look().join())
                .contains("owner/name")
                .endsWith(": checks can be read, default branch release/2 x");
    }

    @ParameterizedTest
    @EnumSource(CiService.class)
    void aRepositoryThatTheTokenMayNotSeeIsNamedWithWhatItNeeds(CiService service) {
        api.answer(repository(service), aResponse().withStatus(404).withBody("{\"message\": \"Not Found\"}"));

        assertThat(catchThrowable(() -> open(service).look().join()))
                .hasCauseInstanceOf(CiReadException.class)
                .hasMessageContainingAll("owner/name", "404 (Not Found)", "that the token may see it");
    }

    @ParameterizedTest
    @EnumSource(CiService.class)
    void aRepositoryWithoutABranchIsSaidToHaveNone(CiService service) {
        api.answer(repository(service), okJson("{\"default_branch\": null}"));

        assertThat(open(service).look().join()).endsWith(": no branch yet");
    }

    @Test
    void aTokenThatSeesTheRepositoryButNotItsChecksIsToldWhichPermissionIsMissing() {
        api.answer("/repos/owner/name", okJson("{\"default_branch\": \"main\"}"));
        api.answer("/repos/owner/name/commits/main/status", okJson("{}"));
        api.answer("/repos/owner/name/commits/main/check-runs", aResponse().withStatus(403));

        assertThat(catchThrowable(() -> open(CiService.GITHUB).look().join()))
                .hasCauseInstanceOf(CiReadException.class)
                .hasMessageContaining("Give a token with \"Checks: read\".");
    }

    private static String repository(CiService service) {
        return switch (service) {
            case GITLAB -> "/projects/owner%2Fname";
            default -> "/repos/owner/name";
        };
    }

    private static void answerChecks(CiService service, String body) {
        String commit = repository(service)
                + (service == CiService.GITLAB ? "/repository/commits/" : "/commits/")
                + "release%2F2%20x";
        api.answer(commit + "/statuses", okJson(body));
        api.answer(commit + "/status", okJson(body));
        api.answer(commit + "/check-runs", okJson(body));
    }

    private static CiServer open(CiService service) {
        return service.open(
                CLIENT,
                "http://127.0.0.1:" + api.server().port(),
                "owner/name",
                () -> Optional.of("t0ken"),
                UnaryOperator.identity());
    }
}

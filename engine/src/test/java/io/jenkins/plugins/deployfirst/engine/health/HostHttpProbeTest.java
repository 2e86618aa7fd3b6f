package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.command.Probes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostHttpProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    private final FakeShell shell = new FakeShell();

    @Test
    void theAnswerIsJudgedAsAnyOther() throws Exception {
        shell.reports(answer("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1", "Größe"));
        shell.reports(answer("HTTP/2 503\nserver: x", "Größe"));
        shell.reports(answer("HTTP/1.1 200 OK", "nothing"));
        assertThat(ask("Größe")).isEqualTo(new ProbeResult(true, "200", ""));
        assertThat(ask("Größe")).isEqualTo(new ProbeResult(false, "503", "HTTP 503 instead of 200"));
        assertThat(ask("Größe").message()).isEqualTo("the body does not contain \"Größe\"; it begins with: nothing");
    }

    @Test
    void theBodyIsFetchedOnlyWhenItIsJudged() throws Exception {
        shell.reports(answer("HTTP/1.1 200 OK", "")).reports(answer("HTTP/1.1 200 OK", ""));
        ask("");
        ask("Welcome");
        assertThat(shell.scripts.get(0)).doesNotContain("base64");
        assertThat(shell.scripts.get(1)).contains("base64");
    }

    @Test
    void redirectsAreFollowedByTheEngineAndInterimAnswersAreNone() throws Exception {
        shell.reports(answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLOCATION: /up?a=b", ""));
        shell.reports(answer("HTTP/1.1 200 OK", ""));
        assertThat(ask("").healthy()).isTrue();
        assertThat(shell.scripts.get(1)).contains("URL='http://localhost:8080/up?a=b'\n");
    }

    @Test
    void aBodyCutAtTheLimitIsNoFailure() throws Exception {
        Map<String, String> values = new HashMap<>(answer("HTTP/1.1 200 OK", "Welcome"));
        values.putAll(Map.of("exit", "23", "error", "curl: (23) Failure writing output", "truncated", "yes"));
        shell.reports(values);
        assertThat(ask("Welcome").healthy()).isTrue();
    }

    @Test
    void aBodyThatBreaksOffIsAFailure() throws Exception {
        Map<String, String> values = new HashMap<>(answer("HTTP/1.1 200 OK", "Wel"));
        values.putAll(Map.of("exit", "18", "error", "curl: (18) transfer closed with 5 bytes remaining to read"));
        shell.reports(values);
        assertThat(ask("Wel"))
                .isEqualTo(
                        new ProbeResult(false, "", "no whole answer (transfer closed with 5 bytes remaining to read)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | curl: (7) Failed to connect to localhost port 8080 | no whole answer (Failed to connect to localhost port 8080)",
                "28 | curl: (28) Operation timed out | no whole answer within 7.0 s",
                "127 | '' | neither curl nor wget is on the host",
                "4 | '' | no whole answer (exit status 4)"
            })
    void aMissingAnswerIsToldInTheWordsOfTheHost(String exit, String error, String message) throws Exception {
        shell.reports(Map.of("exit", exit, "error", error));
        assertThat(ask("")).isEqualTo(new ProbeResult(false, "", message));
    }

    @Test
    void wgetFailsForEveryErrorAndThatIsAnAnswerAllTheSame() throws Exception {
        shell.reports(Map.of("exit", "8", "error", "", "head", "  HTTP/1.1 404 Not Found"));
        assertThat(ask("").message()).isEqualTo("HTTP 404 instead of 200");
    }

    @Test
    void aStepFromHttpsToHttpThatWgetMadeIsAFailure() throws Exception {
        shell.reports(answer("HTTP/1.1 302 Found\nLocation: http://elsewhere/?t=1\nHTTP/1.1 200 OK", ""));
        HttpCheck check = HttpCheck.of(URI.create("https://localhost/"));
        assertThat(new HostHttpProbe(shell, check).probe(TIMEOUT).message())
                .isEqualTo("HTTP 302 redirects from https to http://elsewhere/?…, which is not followed");
    }

    @Test
    void aShellThatFailsOrHangsIsTold() throws Exception {
        shell.ends(1, Map.of(), "mktemp: No space left on device").ends(124, Map.of(), "");
        assertThat(ask("").message()).isEqualTo("the host could not ask: mktemp: No space left on device");
        assertThat(ask("").message()).isEqualTo("no whole answer within 7.0 s");
    }

    @Test
    void whatOthersOnTheHostCouldReadOrCurlCannotTellIsRefused() {
        assertRefused("http://localhost/", Map.of("X-Api-Key", "s3cret"), 0, "health.headers: ");
        assertRefused("http://user:s3cret@localhost/", Map.of(), 0, "health.url: ");
        assertRefused("https://localhost/", Map.of(), 14, "health.certificateDays: ");
    }

    @Test
    void peopleSeeWhoAsks() {
        assertThat(new HostHttpProbe(shell, check("")).describe()).isEqualTo("http://localhost:8080/?… from the host");
    }

    @Test
    void theScriptIsTheBuildersOwn() throws Exception {
        shell.reports(answer("HTTP/1.1 200 OK", ""));
        ask("");
        String script = Probes.http("http://localhost:8080/?t=1", 7000, HttpAnswer.BODY_LIMIT, false);
        assertThat(shell.scripts.get(0).replaceFirst("SECONDS_LEFT='[0-9.]+'", "SECONDS_LEFT='7.000'"))
                .isEqualTo(script);
    }

    private void assertRefused(String url, Map<String, String> headers, int days, String message) {
        HttpCheck check = new HttpCheck(URI.create(url), headers, "", "", "", "", "", days, Duration.ZERO);
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new HostHttpProbe(shell, check))
                .withMessageStartingWith(message)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"));
    }

    private ProbeResult ask(String contains) throws InterruptedException {
        return new HostHttpProbe(shell, check(contains)).probe(TIMEOUT);
    }

    private static HttpCheck check(String contains) {
        URI url = URI.create("http://localhost:8080/?t=1");
        return new HttpCheck(url, Map.of(), "", contains, "", "", "", 0, Duration.ZERO);
    }

    private static Map<String, String> answer(String head, String body) {
        String base64 = Base64.getEncoder()
                .encodeToString(
                        body.getBytes(head.contains("8859") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        return Map.of("exit", "0", "error", "", "head", head, "body", base64);
    }
}

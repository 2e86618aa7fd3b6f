package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExpectationTest {
    private static final URI SITE = URI.create("https://preprod.example.com/");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWrongStatusIsToldWithTheOneExpected() {
        assertThat(problem(HttpCheck.of(SITE), answer(503, "Welcome"))).contains("HTTP 503 instead of 200");
        assertThat(problem(check("2xx,301", "", "", "", ""), answer(404, ""))).contains("HTTP 404 instead of 2xx,301");
    }

    @Test
    void aMissingTextIsToldWithTheBeginningOfTheBody() {
        HttpCheck check = check("", "Welcome", "", "", "");
        assertThat(problem(check, answer(200, "<h1>Welcome</h1>"))).isEmpty();
        assertThat(problem(check, answer(200, "Bad\u001b[2J\n gateway")))
                .contains("the body does not contain \"Welcome\"; it begins with: Bad[2J gateway");
        assertThat(problem(check, answer(200, ""))).contains("the body does not contain \"Welcome\"; it is empty");
        assertThat(problem(check, answer(200, "x".repeat(10_000))).orElseThrow())
                .hasSizeLessThan(200);
    }

    @Test
    void aTextBehindTheFirstMebibyteIsNotFoundAndTheLimitIsTold() {
        HttpAnswer long1 = new HttpAnswer(200, Optional.empty(), "x", true, Optional.empty());
        assertThat(problem(check("", "Welcome", "", "", ""), long1).orElseThrow())
                .endsWith("it begins with: x (only its first MiB was read)");
    }

    @Test
    void aRegularExpressionMustBeFoundAnywhere() {
        HttpCheck check = check("", "", "version: \\d+", "", "");
        assertThat(problem(check, answer(200, "a\nversion: 12\nb"))).isEmpty();
        assertThat(problem(check, answer(200, "version: x")))
                .contains("the body does not match \"version: \\d+\"; it begins with: version: x");
    }

    @Test
    @Timeout(60)
    void aRegularExpressionThatBacktracksForEverEndsWithTheDeadline() {
        HttpCheck check = check("", "", "(x+x+)+y", "", "");
        HttpExpectation expectation = new HttpExpectation(check, Clock.systemUTC());
        Deadline deadline = Deadline.in(Duration.ofMillis(200));
        assertThat(expectation.problem(answer(200, "x".repeat(5000)), Duration.ZERO, deadline))
                .contains("health.matches took too long on this body; write it without nested repetitions");
    }

    @Test
    void aRegularExpressionThatNeedsTooMuchStackIsAFailureAndNotTheEnd() {
        assertThat(problem(check("", "", "(a|b)*c", "", ""), answer(200, "ab".repeat(500_000))))
                .contains("health.matches is too complex for this body; write it without repeated groups");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"status\":\"ok\"}|/status|ok",
                "{\"n\":3}|/n|3",
                "{\"ok\":true}|/ok|true",
                "{\"ok\":true}|/ok|``",
                "{\"a/b\":{\"c~d\":[0,\"x\"]}}|/a~1b/c~0d/1|x",
                "{\"s\":\"text\"}|/s|``",
                "{\"n\":1}|/n|``",
                "{\"list\":[0]}|/list|``",
                "{\"o\":{\"a\":1}}|/o|{\"a\":1}",
                "{\"n\":null}|/n|null",
                "\uFEFF{\"ok\":true}|/ok|``"
            })
    void jsonFieldsPassAsText(String body, String pointer, String equal) {
        assertThat(problem(check("", "", "", pointer, equal), answer(200, body)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"status\":\"starting\"}|/status|ok|JSON /status is \"starting\" instead of \"ok\"",
                "{\"ok\":false}|/ok|``|JSON /ok is false",
                "{\"ok\":null}|/ok|``|JSON /ok is null",
                "{\"n\":0}|/n|``|JSON /n is 0",
                "{\"s\":\"\"}|/s|``|JSON /s is \"\"",
                "{\"l\":[]}|/l|``|JSON /l is []",
                "{\"o\":{}}|/o|``|JSON /o is {}",
                "{\"a\":1}|/b|``|the JSON body has no /b; it begins with: {\"a\":1}",
                "{\"a\":1}|/b|1|the JSON body has no /b; it begins with: {\"a\":1}",
                "<html>|/b|``|the body is not JSON; it begins with: <html>",
                "{\"b\":1} trailing|/b|1|the body is not JSON; it begins with: {\"b\":1} trailing",
                "``|/b|1|the body is not JSON; it is empty"
            })
    void otherJsonFieldsAreToldAsFound(String body, String pointer, String equal, String problem) {
        assertThat(problem(check("", "", "", pointer, equal), answer(200, body)))
                .contains(problem);
    }

    @Test
    void jsonThatIsNestedWithoutEndIsAFailureAndNotTheEnd() {
        assertThat(problem(check("", "", "", "/a", ""), answer(200, "[".repeat(500_000)))
                        .orElseThrow())
                .startsWith("the body is not JSON; it begins with: [[[");
    }

    @Test
    void aCertificateMustLastAsLongAsAskedFor() {
        HttpCheck check = new HttpCheck(SITE, Map.of(), "", "", "", "", "", 14, Duration.ZERO);
        assertThat(problem(check, certificate(Duration.ofDays(14)))).isEmpty();
        assertThat(problem(check, certificate(Duration.ofDays(14).minusSeconds(1))))
                .contains("the TLS certificate is valid for 13 more days (until 2026-01-14T23:59:59Z) instead of 14");
        assertThat(problem(check, answer(200, "")).orElseThrow()).contains("without TLS");
    }

    @Test
    void anAnswerMayTakeAsLongAsAskedFor() {
        HttpCheck check = new HttpCheck(SITE, Map.of(), "", "", "", "", "", 0, Duration.ofSeconds(2));
        HttpExpectation expectation = new HttpExpectation(check, Clock.systemUTC());
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));
        assertThat(expectation.problem(answer(200, ""), Duration.ofSeconds(2), deadline))
                .isEmpty();
        assertThat(expectation.problem(answer(200, ""), Duration.ofMillis(3200), deadline))
                .contains("the answer took 3.2 s instead of at most 2.0 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|UTF-8",
                "text/html; charset=iso-8859-1|ISO-8859-1",
                "text/html;Charset=\"ISO-8859-1\"; x=y|ISO-8859-1",
                "text/html; charset=nonsense|UTF-8",
                "text/html; charset=*|UTF-8",
                "application/json; profile=charset|UTF-8"
            })
    void theContentTypeNamesTheCharacterSet(String contentType, String charset) {
        assertThat(BodyText.charset(contentType)).hasToString(charset);
    }

    private static Optional<String> problem(HttpCheck check, HttpAnswer answer) {
        HttpExpectation expectation = new HttpExpectation(check, Clock.fixed(NOW, ZoneOffset.UTC));
        return expectation.problem(answer, Duration.ofMillis(1), Deadline.in(Duration.ofMinutes(1)));
    }

    private static HttpCheck check(String status, String contains, String matches, String pointer, String equal) {
        return new HttpCheck(SITE, Map.of(), status, contains, matches, pointer, equal, 0, Duration.ZERO);
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, Optional.empty(), body, false, Optional.empty());
    }

    private static HttpAnswer certificate(Duration left) {
        return new HttpAnswer(200, Optional.empty(), "", false, Optional.of(NOW.plus(left)));
    }
}

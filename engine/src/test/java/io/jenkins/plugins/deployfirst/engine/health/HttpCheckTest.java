package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckTest {
    private static final URI SITE = URI.create("https://preprod.example.com/");

    @Test
    void statusTwoHundredIsAskedForWhenNoneIsNamed() {
        assertThat(HttpCheck.of(SITE).status()).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host/", "file:///etc/passwd", "/status", "https:///x", "http://my_service/", "mailto:a@b"
            })
    void anAddressThatIsNotHttpIsRefused(String url) {
        assertUsage(() -> HttpCheck.url(url), "health.url");
    }

    @ParameterizedTest
    @CsvSource({
        "preprod.example.com, preprod.example.com",
        "preprod.example.com/up, preprod.example.com/up",
        "preprod.example.com:8080/up?key=s3cret, preprod.example.com:8080/up?…",
        "localhost:8080, localhost:8080",
        "//preprod.example.com/, //preprod.example.com/",
        "/status?key=s3cret, /status?…",
        "s3cret@preprod.example.com/, …",
        "'', ''"
    })
    void anAddressWithoutItsSchemeIsShownAsItWasFound(String url, String shown) {
        assertThat(assertUsage(() -> HttpCheck.url(url), "health.url"))
                .hasMessage("health.url: \"" + shown + "\" begins with neither http:// nor https://. Write the whole"
                        + " address, such as https://preprod.example.com/.");
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_service:80/up, http://my_service:80/up",
        "http://ada:s3cret@my_service/up, http://my_service/up",
        "http://ada:s3/cret@my_service/up, http:…",
        "https:///up, https:/up",
        "mailto:ada@example.com, mailto:…",
        "ada:s3cret@example.com, ada:…",
        "FTP://ada:s3cret@example.com/up?key=s3cret, ftp://example.com/up?…"
    })
    void anAddressThatIsNotHttpIsShownWithoutWhatMayBeSecret(String url, String shown) {
        assertThat(assertUsage(() -> HttpCheck.url(url), "health.url"))
                .hasMessageStartingWith(
                        "health.url: \"" + shown + "\" is not an http or https URL with a host name. Write the whole");
    }

    @Test
    void anAddressThatCannotBeReadIsRefusedWithoutShowingItsPassword() {
        DeployFirstException refused = assertUsage(() -> HttpCheck.url("https://user:s3cret@host/a b"), "health.url");
        assertThat(refused).hasMessageContaining("at character").hasMessageNotContaining("s3cret");
    }

    @Test
    void aPortThatCannotExistIsRefused() {
        assertUsage(() -> HttpCheck.url("http://host:70000/"), "health.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "2x", "600", "99", "200;301", "200,", ",", "2xx 301", "-200", "6xx"})
    void aStatusThatIsNoneIsRefused(String status) {
        assertUsage(() -> check(status, "", "", ""), "health.status");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, true",
        "200, 201, false",
        "2xx, 204, true",
        "2XX, 204, true",
        "2xx, 301, false",
        "'2xx, 301', 301, true",
        "'2xx,301', 302, false",
        "'200,401', 401, true",
        "5xx, 599, true"
    })
    void statusesPassOneByOneOrByClass(String set, int status, boolean passes) {
        assertThat(StatusSet.parse(set).contains(status)).isEqualTo(passes);
    }

    @Test
    void aBrokenRegularExpressionIsRefused() {
        assertThat(assertUsage(() -> check("200", "Welcome (", "", ""), "health.matches"))
                .hasMessageContaining("Unclosed group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "/a~2", "/a~", "$.status", "a/b"})
    void aBrokenPointerIsRefused(String pointer) {
        assertUsage(() -> check("200", "", pointer, ""), "health.jsonPointer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/checks/0/ok", "/a~1b/c~0d", "/", "/a//b"})
    void pointersOfTheStandardAreTaken(String pointer) {
        assertThatCode(() -> check("200", "", pointer, "ok")).doesNotThrowAnyException();
    }

    @Test
    void anExpectedValueNeedsAPointer() {
        assertUsage(() -> check("200", "", "", "ok"), "health.jsonEquals");
    }

    @Test
    void negativeNumbersAreRefused() {
        assertUsage(
                () -> new HttpCheck(SITE, Map.of(), "", "", "", "", "", -1, Duration.ZERO), "health.certificateDays");
        assertUsage(
                () -> new HttpCheck(SITE, Map.of(), "", "", "", "", "", 0, Duration.ofSeconds(-1)),
                "health.maxLatency");
    }

    @Test
    void headersThatWouldBreakARequestAreRefusedWithoutShowingTheirValue() {
        assertUsage(() -> headers("X Y", "v"), "health.headers");
        assertUsage(() -> headers("X:", "v"), "health.headers");
        assertThat(assertUsage(() -> headers("Authorization", "Bearer s3cret\n"), "health.headers"))
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Connection", "Expect", "Upgrade"})
    void headersThatTheClientKeepsForItselfAreRefused(String name) {
        assertUsage(() -> headers(name, "x"), "health.headers");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> HttpRequest.newBuilder(SITE).header(name, "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://preprod.example.com/, https://preprod.example.com/",
        "https://user:s3cret@preprod.example.com:8443/up, https://preprod.example.com:8443/up",
        "https://preprod.example.com/up?token=s3cret#x, https://preprod.example.com/up?…",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void peopleSeeTheAddressWithoutItsSecrets(String url, String shown) {
        HttpCheck check = HttpCheck.of(HttpCheck.url(url));
        assertThat(check.describe()).isEqualTo(shown);
        assertThat(check.toString()).contains(shown).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:s3cret@preprod.example.com:8443/up?token=s3cret#x, https://preprod.example.com:8443/up",
        "https://preprod.example.com, https://preprod.example.com/"
    })
    void theSitesAddressForLinksIsWithoutItsSecrets(String url, String site) {
        assertThat(HttpCheck.of(URI.create(url)).site()).isEqualTo(site);
    }

    @Test
    void headersAreNotShown() {
        assertThat(headers("X-Api-Key", "s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void timingThatCouldNeverPassIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertUsage(() -> new GateTiming(second, 0, second, second), "health.attempts");
        assertUsage(() -> new GateTiming(second.negated(), 1, second, second), "health.startPeriod");
        assertUsage(() -> new GateTiming(second, 1, second.negated(), second), "health.interval");
        assertUsage(() -> new GateTiming(second, 1, second, Duration.ZERO), "health.timeout");
    }

    private static HttpCheck check(String status, String matches, String pointer, String equal) {
        return new HttpCheck(SITE, Map.of(), status, "", matches, pointer, equal, 0, Duration.ZERO);
    }

    private static HttpCheck headers(String name, String value) {
        return new HttpCheck(SITE, Map.of(name, value), "", "", "", "", "", 0, Duration.ZERO);
    }

    private static DeployFirstException assertUsage(ThrowingCallable code, String field) {
        return assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(code)
                .withMessageStartingWith(field + ": ")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.USAGE))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"))
                .actual();
    }
}

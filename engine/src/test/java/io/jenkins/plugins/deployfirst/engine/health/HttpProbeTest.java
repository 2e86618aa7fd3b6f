package io.jenkins.plugins.deployfirst.engine.health;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpProbeTest {
    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final Duration LITTLE = Duration.ofMillis(500);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @RegisterExtension
    static final WireMockExtension SECURE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @RegisterExtension
    static final WireMockExtension OTHER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @Test
    void aGoodAnswerIsHealthy() throws Exception {
        SITE.stubFor(get("/up").willReturn(ok("Welcome")));
        assertThat(probe("/up", "Welcome")).isEqualTo(new ProbeResult(true, "200", ""));
    }

    @Test
    void aWrongAnswerIsToldWithItsStatus() throws Exception {
        SITE.stubFor(get("/up").willReturn(aResponse().withStatus(503)));
        assertThat(probe("/up", "")).isEqualTo(new ProbeResult(false, "503", "HTTP 503 instead of 200"));
    }

    @Test
    void theBodyIsReadInItsOwnCharacterSet() throws Exception {
        SITE.stubFor(get("/up")
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/html; charset=iso-8859-1")
                        .withBody("Größe".getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(probe("/up", "Größe").healthy()).isTrue();
    }

    @Test
    void headersAndUserInformationAreSent() throws Exception {
        SITE.stubFor(get("/up?a=b").willReturn(ok()));
        URI url = URI.create(SITE.url("/up?a=b").replace("://", "://user:p%40ss@"));
        HttpCheck check = new HttpCheck(url, Map.of("X-Key", "k"), "", "", "", "", "", 0, Duration.ZERO);
        assertThat(new HttpProbe(CLIENT, check).probe(PLENTY).healthy()).isTrue();
        SITE.verify(getRequestedFor(urlEqualTo("/up?a=b"))
                .withHeader("X-Key", equalTo("k"))
                .withHeader("User-Agent", equalTo("deploy-first"))
                .withoutHeader("Upgrade")
                .withHeader("Authorization", equalTo("Basic dXNlcjpwQHNz")));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Redirect.class)
    void redirectsAreFollowedWhateverTheClientDoesWithThem(HttpClient.Redirect redirect) throws Exception {
        SITE.stubFor(get("/").willReturn(temporaryRedirect("/a/b")));
        SITE.stubFor(get("/a/b").willReturn(temporaryRedirect("?c=d")));
        SITE.stubFor(get("/a/b?c=d").willReturn(temporaryRedirect("../up")));
        SITE.stubFor(get("/up").willReturn(ok("Welcome")));
        HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
        assertThat(new HttpProbe(client, containing(SITE.baseUrl(), "Welcome")).probe(PLENTY))
                .isEqualTo(new ProbeResult(true, "200", ""));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Redirect.class)
    void aRedirectThatIsTheExpectedAnswerIsNotFollowed(HttpClient.Redirect redirect) throws Exception {
        SITE.stubFor(get("/").willReturn(temporaryRedirect("/login")));
        HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
        HttpCheck check =
                new HttpCheck(URI.create(SITE.url("/")), Map.of(), "200,302", "", "", "", "", 0, Duration.ZERO);
        assertThat(new HttpProbe(client, check).probe(PLENTY)).isEqualTo(new ProbeResult(true, "302", ""));
        SITE.verify(0, getRequestedFor(urlEqualTo("/login")));
    }

    @Test
    void redirectsEndAfterTheFifth() throws Exception {
        SITE.stubFor(get("/loop?secret=1").willReturn(temporaryRedirect("/loop?secret=1")));
        assertThat(probe("/loop?secret=1", ""))
                .isEqualTo(new ProbeResult(
                        false, "", "redirected more than 5 times, at last to " + SITE.url("/loop") + "?…"));
        SITE.verify(6, getRequestedFor(urlEqualTo("/loop?secret=1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/", "http://", "http://a b/", "javascript:x", "http:///x"})
    void aRedirectToNowhereIsTold(String location) throws Exception {
        SITE.stubFor(get("/").willReturn(temporaryRedirect(location)));
        assertThat(probe("/", ""))
                .isEqualTo(
                        new ProbeResult(false, "", "HTTP 302 redirects to something that is not an http or https URL"));
    }

    @Test
    void noHeaderGoesToAnotherOriginNorBackFromIt() throws Exception {
        SITE.stubFor(get("/").willReturn(temporaryRedirect(OTHER.url("/there"))));
        OTHER.stubFor(get("/there").willReturn(temporaryRedirect(SITE.url("/chosen-by-the-other"))));
        SITE.stubFor(get("/chosen-by-the-other").willReturn(ok()));
        URI url = URI.create(SITE.url("/").replace("://", "://user:pass@"));
        Map<String, String> headers = Map.of("X-Api-Key", "k", "Cookie", "c=d");
        HttpCheck check = new HttpCheck(url, headers, "", "", "", "", "", 0, Duration.ZERO);
        assertThat(new HttpProbe(CLIENT, check).probe(PLENTY).healthy()).isTrue();
        SITE.verify(getRequestedFor(urlEqualTo("/")).withHeader("X-Api-Key", equalTo("k")));
        OTHER.verify(getRequestedFor(urlEqualTo("/there"))
                .withoutHeader("X-Api-Key")
                .withoutHeader("Cookie")
                .withoutHeader("Authorization"));
        SITE.verify(getRequestedFor(urlEqualTo("/chosen-by-the-other"))
                .withoutHeader("X-Api-Key")
                .withoutHeader("Authorization"));
    }

    @Test
    void httpsIsNeverLeftForHttp() throws Exception {
        SECURE.stubFor(get("/secure").willReturn(temporaryRedirect(SITE.url("/plain?t=1"))));
        SITE.stubFor(get("/plain?t=1").willReturn(ok()));
        assertThat(new HttpProbe(trusting(), HttpCheck.of(URI.create(https("/secure")))).probe(PLENTY))
                .isEqualTo(new ProbeResult(
                        false,
                        "",
                        "HTTP 302 redirects from https to " + SITE.url("/plain") + "?…, which is not followed"));
        SITE.verify(0, getRequestedFor(urlEqualTo("/plain?t=1")));
    }

    @Test
    void aCertificateThatNobodyTrustsIsTold() throws Exception {
        SECURE.stubFor(get("/secure").willReturn(ok()));
        ProbeResult result = new HttpProbe(CLIENT, HttpCheck.of(URI.create(https("/secure")))).probe(PLENTY);
        assertThat(result.healthy()).isFalse();
        assertThat(result.message()).startsWith("TLS failed: ").contains("certification path");
    }

    @Test
    void theCertificateOfTheAnswerIsJudged() throws Exception {
        SECURE.stubFor(get("/secure").willReturn(ok()));
        URI url = URI.create(https("/secure"));
        HttpCheck tomorrow = new HttpCheck(url, Map.of(), "", "", "", "", "", 1, Duration.ZERO);
        HttpCheck nextAge = new HttpCheck(url, Map.of(), "", "", "", "", "", 1_000_000, Duration.ZERO);
        assertThat(new HttpProbe(trusting(), tomorrow).probe(PLENTY)).isEqualTo(new ProbeResult(true, "200", ""));
        assertThat(new HttpProbe(trusting(), nextAge).probe(PLENTY).message())
                .startsWith("the TLS certificate is valid for ")
                .endsWith("instead of 1000000");
    }

    @Test
    void aHugeBodyIsReadNoFurtherThanTheLimit() throws Exception {
        byte[] huge = "x".repeat(3 * HttpAnswer.BODY_LIMIT).getBytes(StandardCharsets.US_ASCII);
        SITE.stubFor(get("/huge").willReturn(aResponse().withBody(huge)));
        assertThat(probe("/huge", "").healthy()).isTrue();
        assertThat(probe("/huge", "Welcome").message()).endsWith("(only its first MiB was read)");
    }

    @Test
    void aBodyOfExactlyTheLimitIsWhole() throws Exception {
        String body = "x".repeat(HttpAnswer.BODY_LIMIT - 1) + "y";
        SITE.stubFor(get("/large").willReturn(ok(body)));
        assertThat(probe("/large", "y").healthy()).isTrue();
        assertThat(probe("/large", "z").message()).doesNotContain("first MiB");
    }

    @Test
    void anAnswerThatDripsDoesNotOutlastTheDeadline() throws Exception {
        SITE.stubFor(get("/drip").willReturn(ok("Welcome".repeat(100)).withChunkedDribbleDelay(600, 60_000)));
        ProbeResult result = new HttpProbe(CLIENT, containing(SITE.url("/drip"), "Welcome")).probe(LITTLE);
        assertThat(result.healthy()).isFalse();
        assertThat(result.message()).endsWith(" within 0.5 s");
    }

    @Test
    void aSilentPeerDoesNotOutlastTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            URI url = URI.create("http://localhost:" + silent.getLocalPort() + "/");
            assertThat(new HttpProbe(CLIENT, HttpCheck.of(url)).probe(LITTLE))
                    .isEqualTo(new ProbeResult(false, "", "no answer within 0.5 s"));
        }
    }

    @Test
    void redirectsShareOneDeadline() throws Exception {
        SITE.stubFor(get("/slow").willReturn(temporaryRedirect("/slow").withFixedDelay(300)));
        ProbeResult result = new HttpProbe(CLIENT, HttpCheck.of(URI.create(SITE.url("/slow")))).probe(LITTLE);
        assertThat(result.healthy()).isFalse();
        // The deadline may fall between the head and the body of an answer.
        assertThat(result.message()).isIn("no answer within 0.5 s", "HTTP 302, but not its whole body within 0.5 s");
    }

    @Test
    void theExchangeIsCancelledAtTheDeadline() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0)) {
            start(() -> dripUntilHungUp(server, hungUp));
            URI url = URI.create("http://localhost:" + server.getLocalPort() + "/");
            assertThat(new HttpProbe(CLIENT, HttpCheck.of(url)).probe(Duration.ofSeconds(3)))
                    .isEqualTo(new ProbeResult(false, "", "HTTP 200, but not its whole body within 3.0 s"));
            await().until(() -> hungUp.getCount() == 0);
        }
    }

    @Test
    void anInterruptEndsTheProbeAndTheExchange() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (ServerSocket server = new ServerSocket(0)) {
            CountDownLatch asked = new CountDownLatch(1);
            start(() -> dripUntilHungUp(server, hungUp, asked));
            HttpProbe probe =
                    new HttpProbe(CLIENT, HttpCheck.of(URI.create("http://localhost:" + server.getLocalPort() + "/")));
            Thread flow = start(() -> {
                try {
                    probe.probe(PLENTY);
                } catch (InterruptedException aborted) {
                    thrown.set(aborted);
                }
            });
            asked.await();
            flow.interrupt();
            await().until(() -> thrown.get() instanceof InterruptedException && hungUp.getCount() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenAnswerIsAFailureInOneLine(Fault fault) throws Exception {
        SITE.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        ProbeResult result = probe("/", "");
        assertThat(result.healthy()).isFalse();
        assertThat(result.message()).isNotBlank().doesNotContain("\n").hasSizeLessThan(250);
    }

    @Test
    void aConnectionClosedWithoutAnAnswerIsTold() throws Exception {
        SITE.stubFor(get("/").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThat(probe("/", "").message()).isEqualTo("the connection was closed without an answer");
    }

    @Test
    void aClosedPortIsTold() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProbeResult result =
                new HttpProbe(CLIENT, HttpCheck.of(URI.create("http://localhost:" + port + "/"))).probe(PLENTY);
        assertThat(result.message()).startsWith("no connection");
    }

    @Test
    void aHostThatDoesNotExistIsTold() throws Exception {
        ProbeResult result = new HttpProbe(CLIENT, HttpCheck.of(URI.create("http://nowhere.invalid/"))).probe(PLENTY);
        assertThat(result.message()).isEqualTo("the host name nowhere.invalid cannot be resolved");
    }

    private static ProbeResult probe(String path, String contains) throws InterruptedException {
        return new HttpProbe(CLIENT, containing(SITE.url(path), contains)).probe(PLENTY);
    }

    private static HttpCheck containing(String url, String text) {
        return new HttpCheck(URI.create(url), Map.of(), "", text, "", "", "", 0, Duration.ZERO);
    }

    private static String https(String path) {
        return SECURE.getRuntimeInfo().getHttpsBaseUrl() + path;
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void dripUntilHungUp(ServerSocket server, CountDownLatch hungUp) {
        dripUntilHungUp(server, hungUp, new CountDownLatch(1));
    }

    private static void dripUntilHungUp(ServerSocket server, CountDownLatch hungUp, CountDownLatch asked) {
        try (Socket peer = server.accept();
                OutputStream output = peer.getOutputStream()) {
            asked.countDown();
            output.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.setSoTimeout(10);
            while (true) {
                output.write('x');
                output.flush();
                readForAMoment(peer);
            }
        } catch (IOException gone) {
            hungUp.countDown();
        }
    }

    /** Paces the drip; the end of the stream means that the client has hung up. */
    private static void readForAMoment(Socket peer) throws IOException {
        try {
            if (peer.getInputStream().read() < 0) {
                throw new IOException("hung up");
            }
        } catch (SocketTimeoutException stillThere) {
            // The peer listens on.
        }
    }

    /** A client that trusts WireMock's own certificate, and every other one. */
    private static HttpClient trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static final class TrustEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

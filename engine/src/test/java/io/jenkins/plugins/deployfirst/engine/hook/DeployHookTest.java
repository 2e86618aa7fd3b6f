package io.jenkins.plugins.deployfirst.engine.hook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeployHookTest {
    private static final String SECRET = "s3cret";
    private static final String PATH = "/deploy/srv-1?key=" + SECRET;
    private static final String BODY = "{\"image\":\"app:b0dy\"}";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RegisterExtension
    static final WireMockExtension PLATFORM = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final List<String> lines = new ArrayList<>();

    @Test
    void aHookIsCalledOnceWithWhatIsAsked() throws Exception {
        PLATFORM.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(202).withBody(SECRET)));
        HookSettings settings =
                new HookSettings(HookSettings.url(PLATFORM.url(PATH)), "put", Map.of("X-Tag", "latest"), BODY, 3, LONG);

        assertThat(call(settings)).isEqualTo(new HookAnswer(202, 1));

        PLATFORM.verify(1, anyRequestedFor(anyUrl()));
        PLATFORM.verify(putRequestedFor(urlEqualTo(PATH))
                .withHeader("X-Tag", equalTo("latest"))
                .withRequestBody(equalTo(BODY)));
        assertThat(lines).containsExactly("The deploy hook took it: HTTP 202.");
    }

    @Test
    void userInformationInTheAddressIsSentAsBasicAuthentication() throws Exception {
        PLATFORM.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
        String url = PLATFORM.url(PATH).replace("http://", "http://ada:" + SECRET + "@");

        call(new HookSettings(HookSettings.url(url), "POST", Map.of(), "", 0, LONG));

        PLATFORM.verify(
                postRequestedFor(urlEqualTo(PATH)).withHeader("Authorization", equalTo("Basic YWRhOnMzY3JldA==")));
    }

    @Test
    void aFailureOfTheServerIsTriedAgain() throws Exception {
        answers(
                aResponse().withStatus(500),
                aResponse().withStatus(503),
                aResponse().withStatus(200));

        assertThat(call(settings(3))).isEqualTo(new HookAnswer(200, 3));

        assertThat(lines).hasSize(3).first().asString().contains("(HTTP 500); trying again in ");
    }

    @Test
    void aConnectionThatBreaksOffIsTriedAgain() throws Exception {
        answers(
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(200));

        assertThat(call(settings(1))).isEqualTo(new HookAnswer(200, 2));
    }

    @Test
    void aServerThatKeepsFailingIsGivenUpAfterTheRetries() {
        PLATFORM.stubFor(post(PATH).willReturn(aResponse().withStatus(502).withBody(SECRET)));

        DeployFirstException failure = failure(settings(2));

        assertThat(failure.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(failure).hasMessageStartingWith("The deploy hook did not take it in 3 attempts (HTTP 502).");
        PLATFORM.verify(3, anyRequestedFor(anyUrl()));
        assertThat(lines).hasSize(2);
        assertNoSecret(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "404, Is the hook still there?",
        "401, Is the hook still there?",
        "429, Call it less often.",
        "400, Look at what the platform expects",
        "304, A redirect is not followed"
    })
    void aRefusalIsFinal(int status, String remedy) {
        PLATFORM.stubFor(post(PATH).willReturn(aResponse().withStatus(status).withBody(SECRET)));

        DeployFirstException failure = failure(settings(3));

        assertThat(failure.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(failure)
                .hasMessageStartingWith("The deploy hook refused it: HTTP " + status + ".")
                .hasMessageContaining(remedy);
        PLATFORM.verify(1, anyRequestedFor(anyUrl()));
        assertNoSecret(failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        PLATFORM.stubFor(post(PATH)
                .willReturn(
                        aResponse().withStatus(status).withHeader("Location", PLATFORM.url("/elsewhere?" + SECRET))));

        DeployFirstException failure = failure(settings(3));

        assertThat(failure)
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining("A redirect is not followed, because the address is secret");
        PLATFORM.verify(1, anyRequestedFor(anyUrl()));
        assertNoSecret(failure);
    }

    @Test
    void anAnswerThatIsLateIsNotAskedForAgain() {
        PLATFORM.stubFor(post(PATH).willReturn(aResponse().withStatus(200).withFixedDelay(30_000)));

        DeployFirstException failure = failure(settings(3, Duration.ofMillis(500)));

        assertThat(failure.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(failure).hasMessageStartingWith("The deploy hook: no answer within 0.5 s. It is not asked again");
        PLATFORM.verify(1, anyRequestedFor(anyUrl()));
        assertNoSecret(failure);
    }

    @Test
    void whereNobodyListensIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        DeployFirstException failure = failure(
                new HookSettings(HookSettings.url("http://127.0.0.1:" + port + PATH), "POST", Map.of(), BODY, 2, LONG));

        assertThat(failure).hasMessageStartingWith("The deploy hook did not take it in 3 attempts (no connection).");
        assertNoSecret(failure);
    }

    @Test
    void aBodyWithoutAnEndIsNotWaitedFor() throws Exception {
        try (EndlessServer server = new EndlessServer()) {
            HookSettings settings = new HookSettings(
                    HookSettings.url(server.url(PATH)), "POST", Map.of(), BODY, 0, Duration.ofSeconds(40));

            assertThat(call(settings)).isEqualTo(new HookAnswer(200, 1));

            // It could not have gone on writing to someone who reads no more.
            server.cutOff.get();
        }
    }

    @Test
    void anInterruptionEndsTheCall() throws Exception {
        PLATFORM.stubFor(post(PATH).willReturn(aResponse().withStatus(500)));
        DeployHook patient = new DeployHook(CLIENT, new Backoff(Duration.ofHours(1), Duration.ofHours(1)));
        CountDownLatch waiting = new CountDownLatch(1);
        Progress progress = new Progress() {
            @Override
            public void warn(String line) {
                waiting.countDown();
            }
        };
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                patient.call(settings(1), progress);
                end.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
            }
        });
        caller.start();
        waiting.await();

        caller.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatIllegalArgumentException().isThrownBy(() -> new DeployHook(following));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/s3cret",
                "hooks.example.com/s3cret",
                "ftp://hooks.example.com/s3cret",
                "https:///s3cret",
                "https://hooks.example.com/s3cret with spaces",
                ""
            })
    void anAddressThatIsNotPrivateIsRefusedWithoutBeingNamed(String url) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new HookSettings(HookSettings.url(url), "POST", Map.of(), "", 3, LONG))
                .withMessageStartingWith("The deploy hook's address is not an https URL.")
                .satisfies(DeployHookTest::assertNoSecret);
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertRefused("method: \"DELETE\" is not allowed.", "DELETE", Map.of(), "", 3, LONG);
        assertRefused("body: a GET request has none.", "get", Map.of(), BODY, 3, LONG);
        assertRefused("retries: -1 is not between 0 and 10.", "", Map.of(), "", -1, LONG);
        assertRefused("retries: 11 is not between 0 and 10.", "", Map.of(), "", 11, LONG);
        assertRefused("timeout: is not more than zero.", "", Map.of(), "", 3, Duration.ZERO);
        assertRefused("headers: \"Host\" cannot be sent", "", Map.of("Host", SECRET), "", 3, LONG);
        assertRefused("headers: \"X\" cannot be sent", "", Map.of("X", SECRET + "\r\nY: z"), "", 3, LONG);
    }

    private static void assertRefused(
            String message, String method, Map<String, String> headers, String body, int retries, Duration timeout) {
        assertThatExceptionOfType(DeployFirstException.class)
                .isThrownBy(() -> new HookSettings(
                        HookSettings.url("https://hooks.example.com/"), method, headers, body, retries, timeout))
                .withMessageStartingWith(message)
                .satisfies(DeployHookTest::assertNoSecret);
    }

    @Test
    void pausesGrowAndAreNeverTheSameForAll() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThat(backoff.pause(0, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.pause(0, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.pause(2, 0.5)).isEqualTo(Duration.ofSeconds(3));
        assertThat(backoff.pause(9, 1)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void settingsShowNoSecretAsText() {
        assertThat(settings(3)).asString().doesNotContain(SECRET, "b0dy", "127.0.0.1", "localhost");
    }

    private HookAnswer call(HookSettings settings) throws InterruptedException {
        Progress progress = new Progress() {
            @Override
            public void info(String line) {
                lines.add(line);
            }

            @Override
            public void warn(String line) {
                lines.add(line);
            }
        };
        return new DeployHook(CLIENT, new Backoff(Duration.ofMillis(10), Duration.ofMillis(10)))
                .call(settings, progress);
    }

    private DeployFirstException failure(HookSettings settings) {
        DeployFirstException failure = catchThrowableOfType(DeployFirstException.class, () -> call(settings));
        assertThat(failure).isNotNull();
        assertThat(String.join("\n", lines)).doesNotContain(SECRET, "b0dy", "127.0.0.1", "localhost");
        return failure;
    }

    private static void assertNoSecret(DeployFirstException failure) {
        assertThat(failure.getMessage()).doesNotContain(SECRET, "b0dy", "127.0.0.1", "localhost");
        assertThat(failure).hasNoCause();
    }

    private static HookSettings settings(int retries) {
        return settings(retries, LONG);
    }

    private static HookSettings settings(int retries, Duration timeout) {
        return new HookSettings(HookSettings.url(PLATFORM.url(PATH)), "", Map.of(), BODY, retries, timeout);
    }

    private static void answers(ResponseDefinitionBuilder... answers) {
        String state = Scenario.STARTED;
        for (int i = 0; i < answers.length; i++) {
            String next = "answered " + i;
            PLATFORM.stubFor(post(PATH)
                    .inScenario("answers")
                    .whenScenarioStateIs(state)
                    .willSetStateTo(next)
                    .willReturn(answers[i]));
            state = next;
        }
    }

    /** Answers one request, and writes until it is cut off. */
    private static final class EndlessServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> cutOff = CompletableFuture.runAsync(this::serve);

        EndlessServer() throws IOException {
            // The fields do it.
        }

        String url(String path) {
            return "http://127.0.0.1:" + listener.getLocalPort() + path;
        }

        private void serve() {
            try (Socket peer = listener.accept()) {
                OutputStream out = peer.getOutputStream();
                peer.getInputStream().read();
                out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(new byte[1024]);
                }
            } catch (IOException end) {
                // The client has gone.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}

package io.jenkins.plugins.deployfirst.engine.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Kind;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookNotifierTest {
    private static final String PATH = "/api/webhooks/1/s3cret";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final WebhookNotifier.Pace QUICK =
            new WebhookNotifier.Pace(Duration.ofMillis(10), Duration.ofSeconds(20), Duration.ofSeconds(20));

    @RegisterExtension
    static final WireMockExtension DISCORD = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @Test
    void aMessageIsPostedToTheWebhook() throws Exception {
        DISCORD.stubFor(post(PATH).willReturn(noContent()));
        Message message = message(Kind.DEPLOYED, "live");
        deliver(message);
        DISCORD.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("User-Agent", equalTo("DiscordBot (https://plugins.jenkins.io/deploy-first, 1)"))
                .withRequestBody(equalToJson(DiscordPayload.of(message))));
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void whatThePolicyLeavesOutIsNotSent(Policy policy) throws Exception {
        DISCORD.stubFor(post(PATH).willReturn(noContent()));
        WebhookNotifier discord =
                new WebhookNotifier(CLIENT, WebhookService.DISCORD, () -> DISCORD.url(PATH), policy, QUICK);
        for (Kind kind : Kind.values()) {
            discord.send(message(kind, "x")).get();
        }
        long sent = List.of(Kind.values()).stream().filter(policy::sends).count();
        DISCORD.verify(Math.toIntExact(sent), postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aRateLimitIsWaitedOutAsItsBodySays() throws Exception {
        answers(
                aResponse().withStatus(429).withBody("{\"message\":\"x\",\"retry_after\":0.05,\"global\":false}"),
                noContent());
        deliver(message(Kind.DEPLOYED, "live"));
        DISCORD.verify(2, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aRateLimitIsWaitedOutAsItsHeaderSays() throws Exception {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "0").withBody("<html>"), noContent());
        deliver(message(Kind.DEPLOYED, "live"));
        DISCORD.verify(2, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void anEndlessRateLimitEndsInAFailure() {
        DISCORD.stubFor(post(PATH).willReturn(aResponse().withStatus(429).withBody("{\"retry_after\":0}")));
        assertFailure("Discord did not take it in 4 attempts (HTTP 429, too many messages).");
        DISCORD.verify(4, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 250",
        "1, 1000",
        "0, 0",
        "0.0001, 1",
        "29.9, 29900",
        "30.1, 30000",
        "1e300, 30000",
        "Infinity, 30000"
    })
    void theWaitIsReadInSecondsAndBounded(String seconds, long millis) {
        assertThat(WebhookNotifier.seconds(seconds)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "Wed, 21 Oct 2026 07:28:00 GMT", ""})
    void aWaitThatIsNoneIsIgnored(String seconds) {
        assertThat(WebhookNotifier.seconds(seconds)).isEmpty();
    }

    @Test
    void failuresOfDiscordAreTriedAgain() throws Exception {
        answers(
                aResponse().withStatus(502),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(503),
                noContent());
        deliver(message(Kind.DEPLOYED, "live"));
        DISCORD.verify(4, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void afterThreeMoreAttemptsItIsAFailure() {
        DISCORD.stubFor(post(PATH).willReturn(aResponse().withStatus(500).withBody("at " + PATH)));
        assertFailure("Discord did not take it in 4 attempts (HTTP 500).");
        DISCORD.verify(4, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|Discord refused it: HTTP 400.",
                "301|Discord refused it: HTTP 301.",
                "401|Discord refused it: HTTP 401. Is the webhook still there? Create a new one and store its address.",
                "404|Discord refused it: HTTP 404. Is the webhook still there? Create a new one and store its address."
            })
    void aRefusalIsFinalAndDoesNotRepeatWhatThePeerSays(int status, String reason) {
        DISCORD.stubFor(post(PATH)
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Location", PATH)
                        .withBody("Cannot POST " + PATH)));
        assertFailure(reason);
        DISCORD.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aDiscordThatIsDownIsAFailureWithoutTheAddress() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFailure(
                discord(() -> "http://localhost:" + port + PATH),
                "Discord did not take it in 4 attempts (no answer, ConnectException).");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilentOrDrippingDiscordTimesOut(boolean dripping) {
        ResponseDefinitionBuilder slow = dripping
                ? aResponse().withBody("x".repeat(1000)).withChunkedDribbleDelay(1000, 600_000)
                : aResponse().withFixedDelay(600_000);
        DISCORD.stubFor(post(PATH).willReturn(slow));
        WebhookNotifier.Pace impatient =
                new WebhookNotifier.Pace(Duration.ofMillis(1), Duration.ofMillis(200), Duration.ofSeconds(20));
        WebhookNotifier discord =
                new WebhookNotifier(CLIENT, WebhookService.DISCORD, () -> DISCORD.url(PATH), Policy.ALL, impatient);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> discord.send(message(Kind.FAILED, "x")).get())
                .withMessageContaining("Discord did not take it in 4 attempts (no answer, ")
                .withMessageContaining("Timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "http://discord.example.com/api/webhooks/1/s3cret",
                "ftp://localhost/s3cret",
                "https:///s3cret",
                "https://discord.com/api/web hooks/s3cret",
                "http://127.0.0.1.evil.example.com/s3cret"
            })
    void anAddressThatIsNotHttpsIsRefusedWithoutShowingIt(String address) {
        assertFailure(discord(() -> address), "notify.discord: the webhook's address is not an https URL.");
    }

    @Test
    void anAddressThatCannotBeLookedUpIsAFailure() {
        assertFailure(
                discord(() -> {
                    throw new IllegalStateException("s3cret");
                }),
                "notify.discord: the webhook's address could not be looked up (IllegalStateException).");
        assertFailure(
                discord(() -> {
                    throw DeployFirstException.usage("credentialsId: there is none.", "Create it.");
                }),
                "credentialsId: there is none. Create it.");
        assertFailure(discord(() -> null), "Discord could not be told (NullPointerException).");
    }

    @Test
    void sendingNeverBlocks() throws Exception {
        DISCORD.stubFor(post(PATH).willReturn(noContent()));
        CountDownLatch found = new CountDownLatch(1);
        CompletableFuture<Void> delivery = discord(() -> {
                    await().until(() -> found.getCount() == 0);
                    return DISCORD.url(PATH);
                })
                .send(message(Kind.DEPLOYED, "live"));
        assertThat(delivery).isNotDone();
        found.countDown();
        delivery.get();
    }

    @Test
    void messagesArriveInTheirOrderEvenWhenOneIsTriedAgain() throws Exception {
        answers(aResponse().withStatus(502), noContent(), noContent());
        WebhookNotifier discord = discord(() -> DISCORD.url(PATH));
        discord.send(message(Kind.STARTED, "first"));
        discord.send(message(Kind.DEPLOYED, "second")).get();
        assertThat(DISCORD.getAllServeEvents())
                .extracting(event -> event.getRequest().getBodyAsString().contains("first"))
                .as("newest first")
                .containsExactly(false, true, true);
    }

    @Test
    void aMessageThatFailsDoesNotHoldUpTheNext() throws Exception {
        answers(aResponse().withStatus(404), noContent());
        WebhookNotifier discord = discord(() -> DISCORD.url(PATH));
        CompletableFuture<Void> first = discord.send(message(Kind.STARTED, "first"));
        discord.send(message(Kind.DEPLOYED, "second")).get();
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void aMessageThatTakesTooLongIsOvertaken() throws Exception {
        DISCORD.stubFor(post(PATH).willReturn(noContent()));
        DISCORD.stubFor(post(PATH)
                .withRequestBody(matchingJsonPath("$.embeds[?(@.description == 'first')]"))
                .willReturn(noContent().withFixedDelay(600_000)));
        WebhookNotifier.Pace pace =
                new WebhookNotifier.Pace(Duration.ofMillis(1), Duration.ofMinutes(5), Duration.ofMillis(100));
        WebhookNotifier discord =
                new WebhookNotifier(CLIENT, WebhookService.DISCORD, () -> DISCORD.url(PATH), Policy.ALL, pace);
        CompletableFuture<Void> first = discord.send(message(Kind.STARTED, "first"));
        discord.send(message(Kind.DEPLOYED, "second")).get(30, TimeUnit.SECONDS);
        assertThat(first).isNotDone();
    }

    private static void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            DISCORD.stubFor(post(PATH)
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willReturn(answers[i])
                    .willSetStateTo("answer " + (i + 1)));
        }
    }

    private static WebhookNotifier discord(Supplier<String> webhook) {
        return new WebhookNotifier(CLIENT, WebhookService.DISCORD, webhook, Policy.ALL, QUICK);
    }

    private static void deliver(Message message) throws Exception {
        discord(() -> DISCORD.url(PATH)).send(message).get();
    }

    private static void assertFailure(String reason) {
        assertFailure(discord(() -> DISCORD.url(PATH)), reason);
    }

    private static void assertFailure(WebhookNotifier discord, String reason) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> discord.send(message(Kind.FAILED, "x")).get())
                .havingCause()
                .isInstanceOf(DeliveryException.class)
                .withMessage(reason)
                .withNoCause();
    }

    private static Message message(Kind kind, String headline) {
        return new Message(kind, "preprod", "0123456789", "Ada", "Show prices", headline, "", "", List.of());
    }
}

package io.jenkins.plugins.deployfirst.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** A Discord channel with a webhook, and what was written to it. */
public final class DiscordChannel implements AutoCloseable {
    /** The part of the webhook's address that nobody may see. */
    public static final String SECRET = "WebhookSecretOfTheTests";

    private static final String PATH = "/api/webhooks/42/" + SECRET;

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private DiscordChannel() {}

    public static DiscordChannel start() {
        DiscordChannel channel = new DiscordChannel();
        channel.server.start();
        channel.server.stubFor(post(urlPathEqualTo(PATH)).willReturn(aResponse().withStatus(204)));
        return channel;
    }

    public String webhook() {
        return server.baseUrl() + PATH;
    }

    /** Returns what was written, as JSON. */
    public List<String> messages() {
        return server.findAll(postRequestedFor(urlPathEqualTo(PATH))).stream()
                .map(LoggedRequest::getBodyAsString)
                .toList();
    }

    /** Returns how many requests of whatever kind came. */
    public int requests() {
        return server.findAll(new RequestPatternBuilder(RequestMethod.ANY, anyUrl()))
                .size();
    }

    public void startAnew() {
        server.resetRequests();
    }

    @Override
    public void close() {
        server.stop();
    }
}

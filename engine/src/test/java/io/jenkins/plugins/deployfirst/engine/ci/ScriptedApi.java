package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A CI server's API over HTTP that answers from a script, anew for each test. */
final class ScriptedApi implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    @Override
    public void beforeAll(ExtensionContext context) {
        server.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.resetAll();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
    }

    WireMockServer server() {
        return server;
    }

    void answer(String path, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(response));
    }

    /** Answers a page of a list; {@code page} null: the first. */
    void page(String path, String page, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo(path))
                .withQueryParam("page", page == null ? absent() : equalTo(page))
                .willReturn(response));
    }

    static ResponseDefinitionBuilder list(List<? extends JsonNode> entries) {
        ArrayNode list = JSON.createArrayNode();
        list.addAll(entries);
        return okJson(list.toString());
    }

    static ResponseDefinitionBuilder list(ObjectNode... entries) {
        return list(List.of(entries));
    }

    /** Reads an example that stands beside this class. */
    static JsonNode example(String name) {
        try (InputStream file = ScriptedApi.class.getResourceAsStream(name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns why a read failed. */
    static CiReadException refusal(CiServer server, String sha) {
        try {
            server.read(sha).join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(CiReadException.class);
            return (CiReadException) e.getCause();
        }
        throw new AssertionError("the read succeeded");
    }
}

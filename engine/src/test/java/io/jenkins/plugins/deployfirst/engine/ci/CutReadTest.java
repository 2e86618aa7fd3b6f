package io.jenkins.plugins.deployfirst.engine.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A CI server behind a network that falls silent. */
class CutReadTest {
    private static final String SHA = "a".repeat(40);
    private static final String ANSWER = """
            {"total_count": 0, "check_runs": [], "statuses": [], "check_suites": [], "commit": {"message": "Say something"}}
            """;

    @Test
    void aConnectionThatGaveNoAnswerIsNotAskedAgain() throws Exception {
        WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        try (CuttableProxy network = CuttableProxy.before(server.port())) {
            server.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
            GitHub gitHub = new GitHub(
                    HttpClient.newHttpClient(),
                    "http://127.0.0.1:" + network.port(),
                    "owner/shop",
                    Optional::empty,
                    UnaryOperator.identity(),
                    Duration.ofSeconds(5));
            assertThat(gitHub.read(SHA).join().checks()).isEmpty();

            network.freeze();
            assertThat(gitHub.read(SHA)).failsWithin(Duration.ofMinutes(1));
            network.admit();

            assertThat(gitHub.read(SHA).join().checks()).isEmpty();
        } finally {
            server.stop();
        }
    }
}

package io.jenkins.plugins.deployfirst.engine.health;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.LocalHost;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes' scripts, run by a real shell on this machine. */
@Timeout(120)
class ProbesOnThisMachineTest {
    private static final Duration PLENTY = Duration.ofSeconds(30);

    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    private final List<String> printed = new ArrayList<>();
    private HostShell shell;

    @BeforeEach
    void openTheShell() {
        shell = new LocalHost().open(new Progress() {
            @Override
            public void output(String line) {
                printed.add(line);
            }
        });
    }

    @AfterEach
    void closeTheShell() {
        shell.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void aGoodAnswerComesThroughByteForByte(String tool) throws Exception {
        SITE.stubFor(get(urlPathEqualTo("/up"))
                .withQueryParam("a", equalTo("'b'"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/plain; charset=iso-8859-1")
                        .withBody("line\n\0 Größe %s $HOME".getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(ask(tool, "/up?a='b'", "\n\0 Größe %s $HOME", PLENTY)).isEqualTo(new ProbeResult(true, "200", ""));
        assertThat(printed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void aWrongStatusIsTold(String tool) throws Exception {
        SITE.stubFor(get("/up").willReturn(aResponse().withStatus(503).withBody("busy")));
        assertThat(ask(tool, "/up", "", PLENTY)).isEqualTo(new ProbeResult(false, "503", "HTTP 503 instead of 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void redirectsAreFollowed(String tool) throws Exception {
        SITE.stubFor(get("/old").willReturn(temporaryRedirect("/new")));
        SITE.stubFor(get("/new").willReturn(ok("Welcome")));
        assertThat(ask(tool, "/old", "Welcome", PLENTY)).isEqualTo(new ProbeResult(true, "200", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void aHugeBodyIsTakenNoFurtherThanTheLimit(String tool) throws Exception {
        SITE.stubFor(get("/huge").willReturn(ok("Welcome" + "x".repeat(3 * HttpAnswer.BODY_LIMIT))));
        assertThat(ask(tool, "/huge", "Welcome", PLENTY)).isEqualTo(new ProbeResult(true, "200", ""));
        assertThat(ask(tool, "/huge", "absent", PLENTY).message()).endsWith("(only its first MiB was read)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void anAnswerThatDripsDoesNotOutlastTheDeadline(String tool) throws Exception {
        SITE.stubFor(get("/drip").willReturn(ok("Welcome".repeat(100)).withChunkedDribbleDelay(600, 60_000)));
        assertThat(ask(tool, "/drip", "Welcome", Duration.ofSeconds(1)))
                .isEqualTo(new ProbeResult(false, "", "no whole answer within 1.0 s"));
        assertThat(ask(tool, "/drip", "Welcome", Duration.ofSeconds(1)).healthy())
                .as("the shell lives on")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void aBrokenAnswerIsAFailure(String tool) throws Exception {
        SITE.stubFor(get("/broken").willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        assertThat(ask(tool, "/broken", "", Duration.ofSeconds(3)).message()).startsWith("no whole answer");
    }

    @Test
    void aHostWithoutCurlAndWgetSaysSo() throws Exception {
        assertThat(ask("true", "/up", "", PLENTY).message()).isEqualTo("neither curl nor wget is on the host");
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        SITE.stubFor(get("/up").willReturn(ok()));
        SITE.stubFor(get("/slow").willReturn(ok().withFixedDelay(60_000)));
        ask("curl", "/up", "", PLENTY);
        ask("curl", "/slow", "", Duration.ofSeconds(1));
        try (var left = Files.list(directory.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCommandIsJudgedByItsExitStatusAndNotByTheEnginesStrictness() throws Exception {
        assertThat(command("false; test \"$(pwd)\" = '" + directory.toRealPath() + "'; exit 0")
                        .healthy())
                .isTrue();
        assertThat(command("echo \"it's $nothing down\" >&2; exit 3"))
                .isEqualTo(new ProbeResult(false, "3", "exit status 3 instead of 0; it printed: it's down"));
        assertThat(command("no-such-command-anywhere").status()).isEqualTo("127");
        assertThat(printed).isEmpty();
    }

    @Test
    void aCommandThatHangsIsEndedAndTheNextOneRuns() throws Exception {
        assertThat(new CommandProbe(shell, directory.toString(), "sleep 300").probe(Duration.ofSeconds(1)))
                .isEqualTo(new ProbeResult(false, "", "the command did not end within 1.0 s"));
        assertThat(command("true").healthy()).isTrue();
    }

    @Test
    void aDirectoryThatIsMissingIsTold() throws Exception {
        ProbeResult result = new CommandProbe(shell, directory + "/absent", "true").probe(PLENTY);
        assertThat(result.message()).startsWith("the command could not be started; it printed: ");
    }

    private ProbeResult command(String line) throws InterruptedException {
        return new CommandProbe(shell, directory.toString(), line).probe(PLENTY);
    }

    private ProbeResult ask(String tool, String path, String contains, Duration timeout) throws Exception {
        String url = SITE.baseUrl() + path;
        HttpCheck check = new HttpCheck(URI.create(url), Map.of(), "", contains, "", "", "", 0, Duration.ZERO);
        return new HostHttpProbe(having(tool), check).probe(timeout);
    }

    /** The shell, as it is on a machine that has only this one of curl and wget. */
    private HostShell having(String tool) throws Exception {
        assumeTrue(Tool.works(tool, "--version"), () -> tool + " is not installed here");
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        String setting = "command() { [ \"$2\" = " + tool + " ]; }\nTMPDIR=" + Quote.word(temporary.toString())
                + "; export TMPDIR\n";
        return new HostShell() {
            @Override
            public ScriptResult run(String name, String script, Duration deadline) throws InterruptedException {
                return shell.run(name, setting + script, deadline);
            }

            @Override
            public void hold(String held) {
                shell.hold(held);
            }

            @Override
            public void atEnd(String script) {
                shell.atEnd(script);
            }

            @Override
            public void close() {
                shell.close();
            }
        };
    }
}

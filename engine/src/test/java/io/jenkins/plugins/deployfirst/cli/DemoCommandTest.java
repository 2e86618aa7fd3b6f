package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells the whole story, with the real engine and with stand-ins for sshd and Docker. */
class DemoCommandTest {
    private static final Pattern ROOT = Pattern.compile("checkout below (\\S+)");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theGoodReleaseIsValidatedAndTheBadOneTakenBack() throws IOException {
        assertThat(run(new DefaultEngine(), "demo", "--stand-in", "--json"))
                .as(err())
                .isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("outcome").asText()).isEqualTo("DONE");
        assertThat(json.get("timeline")).hasSize(8);
        assertThat(json.at("/timeline/7/text").asText()).startsWith("taken back");
        assertThat(json.at("/journal/6/event").asText()).isEqualTo("rollback.succeeded");
        assertThat(err())
                .contains("SSH server  stand-in: Apache MINA SSHD", "Containers  stand-in: a script")
                .contains("shows: Welcome to the shop. Three apples: 297 EUR")
                .contains("unit-tests: failure")
                .doesNotContain("SLF4J");
        assertThat(root()).doesNotExist();
    }

    @Test
    void aStoryThatGoesWrongEndsWithTheReasonAndLeavesNothing() {
        assertThat(run(new Credulous(), "demo", "--stand-in")).isEqualTo(1);

        assertThat(err())
                .contains("error: demo: the story went wrong: the verdict should be \"FAILURE\" and is \"SUCCESS\".");
        assertThat(root()).doesNotExist();
    }

    @Test
    void aStoryThatIsInterruptedLeavesNothing() throws InterruptedException {
        int[] exitCode = {-1};
        Interruption[] interruption = new Interruption[1];
        Thread teller = new Thread(() -> {
            exitCode[0] = run(new DefaultEngine(), "demo", "--stand-in");
            interruption[0].finished();
        });
        interruption[0] = new Interruption(teller, Duration.ofMinutes(1));
        teller.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> err().contains("git push"));

        interruption[0].end();
        teller.join();

        assertThat(exitCode[0]).isEqualTo(1);
        assertThat(err()).contains("The demonstration was interrupted.");
        assertThat(root()).doesNotExist();
    }

    @Test
    void realAndStandInExcludeEachOther() {
        assertThat(run(new DefaultEngine(), "demo", "--real", "--stand-in")).isEqualTo(2);
        assertThat(err()).contains("exclude each other");
    }

    private int run(Engine engine, String... arguments) {
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                directory,
                directory.resolve("home"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                ZoneOffset.UTC,
                engine);
        return new Cli(surroundings).run(arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path root() {
        Matcher matcher = ROOT.matcher(err());
        assertThat(matcher.find()).as(err()).isTrue();
        return Path.of(matcher.group(1));
    }

    /** The real engine, but for a CI server that finds everything good. */
    private static final class Credulous implements Engine {
        private final Engine engine = new DefaultEngine();

        @Override
        public CiServer ciServer(
                HttpClient http,
                CiService service,
                String apiUrl,
                String repository,
                Optional<String> token,
                UnaryOperator<String> mask) {
            return new CiServer() {
                @Override
                public CompletableFuture<CiSnapshot> read(String sha) {
                    Check check = new Check("run/1", "build", Check.State.SUCCEEDED, "success", "");
                    return CompletableFuture.completedFuture(new CiSnapshot(List.of(check), false));
                }

                @Override
                public String describe() {
                    return "a credulous CI server";
                }

                @Override
                public String pageOf(String sha) {
                    return "";
                }
            };
        }

        @Override
        public Flows flows(Environment environment, FlowContext context) {
            return engine.flows(environment, context);
        }

        @Override
        public Notifier webhook(HttpClient http, WebhookService service, String url, Policy policy) {
            return engine.webhook(http, service, url, policy);
        }

        @Override
        public GateResult gate(HttpCheck check, GateTiming timing, HttpClient http, Progress progress)
                throws InterruptedException {
            return engine.gate(check, timing, http, progress);
        }
    }
}

package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One sender who does not stop, at a Jenkins that has complained of nobody yet. */
@WithJenkins
class WebhookFloodTest {
    private static final String SHA = "2222222222222222222222222222222222222222";

    private GitHubChecks gitHub;
    private Sender sender;
    private CiWatch watch;

    @BeforeEach
    void aWatchThatWouldReadInAnHour(JenkinsRule jenkins) throws Exception {
        gitHub = GitHubChecks.start();
        gitHub.pending(SHA, "build");
        sender = new Sender(jenkins.getURL());
        watch = Sender.expectedBy(jenkins, gitHub, SHA);
    }

    @AfterEach
    void end() {
        watch.cancel();
        gitHub.close();
    }

    @Test
    void tenThousandEventsAreAnsweredAndSaidOnceAndTheWatchIsStillDecided() throws Exception {
        int forged = 5_000;
        int signed = 5_000;
        try (LogRecorder log =
                new LogRecorder().record(WebhookEndpoint.class, Level.WARNING).capture(1000)) {
            Instant began = Instant.now();
            Map<Integer, Long> answers = sendAll(forged, signed);
            long seconds = Duration.between(began, Instant.now()).toSeconds();

            assertThat(answers).isEqualTo(Map.of(403, (long) forged, 200, (long) signed));
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .contains("was refused (403)", "Further ones from there are refused without a word for an hour.");
            // An event costs one read a second at most, and then one after 1, 2 and 5 s each.
            assertThat(gitHub.reads(SHA)).isPositive().isLessThan((int) seconds + 10);
            assertThat(watch.result()).isNotDone();
        }
        gitHub.failed(SHA, "build");
        sender.send(Sender.status(SHA, "failure"), Sender.SECRET);
        await().until(() -> watch.result().isDone());
        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
    }

    /** Sends so many of both sorts from one sender, eight at once, and counts the answers by their status. */
    private Map<Integer, Long> sendAll(int forged, int signed) throws Exception {
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < forged + signed; i++) {
                String secret = i % 2 == 0 ? Sender.SECRET : "wrong " + i;
                sent.add(senders.submit(() -> statuses.add(
                        sender.send(Sender.status(SHA, "failure"), secret).statusCode())));
            }
            for (Future<?> delivery : sent) {
                delivery.get();
            }
        } finally {
            senders.shutdownNow();
        }
        return statuses.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}

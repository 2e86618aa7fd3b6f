package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deployments whose connection to the host breaks on the way. */
class CutConnectionTest extends OnPreprod {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<Duration> QUICKLY = List.of(Duration.ofMillis(200), Duration.ofMillis(200));

    private static ScheduledExecutorService timer;

    private CuttableProxy network;

    @BeforeAll
    static void start() {
        timer = Executors.newScheduledThreadPool(1);
    }

    @AfterAll
    static void stop() {
        timer.shutdownNow();
    }

    @BeforeEach
    void startNetwork() {
        network = CuttableProxy.before(preprod.server.port());
    }

    @AfterEach
    void stopNetwork() throws Exception {
        network.close();
    }

    @Test
    void aDeploymentThatIsCutAtEveryPhaseEndsAllTheSame() throws Exception {
        String sha = preprod.stack.release("cut everywhere");
        Environment environment = throughNetwork(difference -> difference.migrate("echo migrated", ""));
        List<String> uncut = new ArrayList<>(
                List.of("lock", "fetch", "compose config", "reset", "images", "migrate", "up", "gate", "journal"));
        preprod.atPhase = phase -> {
            if (uncut.remove(phase)) {
                network.cut();
            }
        };

        List<Duration> pauses = Collections.nCopies(uncut.size(), Duration.ofMillis(100));
        DeployResult result = preprod.flows(environment, pauses).deploy(new DeployRequest(new CommitSha(sha), false));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(uncut).isEmpty();
        assertThat(preprod.told()).contains("Connecting again; the deployment goes on from where it was.");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, cut everywhere");
        assertThat(preprod.events())
                .containsOnly("deploy.started", "deploy.succeeded")
                .endsWith("deploy.succeeded");
        assertEverythingIsInOrder(sha);
    }

    @ParameterizedTest
    @CsvSource({"connect, 30", "reset, 20", "migrate, 500", "restart, 300"})
    void aConnectionThatBreaksInTheMiddleOfAPhaseIsMadeAnew(String phase, long millis) throws Exception {
        String sha = preprod.stack.release("cut in " + phase);
        Environment environment = throughNetwork(difference -> {
            if (phase.equals("migrate")) {
                difference.migrate("sleep 1; echo migrated", "");
            }
        });
        atPhase(phase, 1, millis, network::cut);

        DeployResult result = preprod.flows(environment, QUICKLY).deploy(new DeployRequest(new CommitSha(sha), false));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, cut in " + phase);
        assertThat(preprod.lastEntry().get("event")).isEqualTo("deploy.succeeded");
        assertEverythingIsInOrder(sha);
    }

    @Test
    void aCutWhileItIsTakenBackIsGoneOnWith() throws Exception {
        String sha = preprod.stack.commit("Break it", Map.of("index.html", "Broken"));
        Environment environment = preprod.with(difference -> difference.host = preprod.server.settings(network.port()));
        atPhase("restart", 2, 0, network::cut);

        DeployResult result = preprod.flows(environment, QUICKLY).deploy(new DeployRequest(new CommitSha(sha), false));

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.error()).contains("was taken back").contains("Welcome");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(preprod.events())
                .containsExactly("deploy.started", "rollback.started", "rollback.started", "rollback.succeeded");
        assertEverythingIsInOrder(preprod.first());
    }

    @Test
    void aSchemaIsTakenBackOnceAlsoWhenTheRollbackIsCutAfterThat() throws Exception {
        Environment environment = throughNetwork(difference -> difference.migrate("echo up", "echo down"));
        String sha = preprod.stack.release("taken back once");
        preprod.deploy(environment, sha);
        atPhase("reset", 1, 0, network::cut);

        WatchResult result = preprod.flows(environment)
                .settle(new CommitSha(sha), new CiResult(Verdict.FAILURE, List.of(), ""), Instant.now());

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(preprod.told()).contains("Trying again in 1.0 s.");
        assertThat(preprod.output).containsOnlyOnce("down");
        assertThat(preprod.events()).containsOnlyOnce("schema.taken-back");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aHostThatStaysAwayBeforeTheCheckoutWasTouchedIsLeftAsItWas() throws Exception {
        String sha = preprod.stack.release("unchanged");
        atPhase("fetch", 1, 0, network::refuse);

        assertThat(failure(sha).outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.events()).isEmpty();
        await().atMost(MINUTE).until(preprod::isFree);
    }

    @ParameterizedTest
    @CsvSource({"reset, 0", "restart, 200"})
    void aHostThatStaysAwayAfterwardsNeedsAPersonAndTheNextRunGoesOn(String phase, long millis) throws Exception {
        String sha = preprod.stack.release("half way at " + phase);
        atPhase(phase, 1, millis, network::refuse);

        DeployFirstException failure = failure(sha);
        assertThat(failure.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(failure).hasMessageContaining("may run the release half way").hasMessageNotContaining("\n");
        await().atMost(MINUTE).until(preprod::isFree);

        preprod.atPhase = started -> {};
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.told().contains("The last run died half way: deploy.started of " + sha))
                .isEqualTo(phase.equals("restart"));
        assertThat(preprod.stack.page()).isEqualTo("Welcome, half way at " + phase);
        assertEverythingIsInOrder(sha);
    }

    private Environment throughNetwork(Consumer<EnvironmentBuilder> difference) {
        return preprod.with(builder -> {
            builder.host = preprod.server.settings(network.port());
            difference.accept(builder);
        });
    }

    private DeployFirstException failure(String sha) {
        Environment environment = preprod.with(difference -> difference.host = preprod.server.settings(network.port()));
        return catchThrowableOfType(
                DeployFirstException.class,
                () -> preprod.flows(environment, QUICKLY).deploy(new DeployRequest(new CommitSha(sha), false)));
    }

    /** Has something happen a while after a phase starts for the n-th time; at once means before it says a word. */
    private static void atPhase(String phase, int time, long millis, Runnable event) {
        AtomicInteger times = new AtomicInteger();
        preprod.atPhase = started -> {
            if (!started.equals(phase) || times.incrementAndGet() != time) {
                return;
            }
            if (millis == 0) {
                event.run();
            } else {
                timer.schedule(event, millis, TimeUnit.MILLISECONDS);
            }
        };
    }

    private static void assertEverythingIsInOrder(String live) {
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.isFree()).isTrue();
        assertThat(preprod.stack.checkout().resolve(".git/index.lock")).doesNotExist();
        assertThat(Tool.lines(preprod.stack.journal())).hasSameSizeAs(preprod.journal());
        assertThat(preprod.host("git status --porcelain")).isEmpty();
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Promotions whose connection to production breaks on the way. */
@ExtendWith(RealHost.class)
class PromotionCutTest {
    @TempDir
    static Path root;

    @TempDir
    static Path prodRoot;

    private static Preprod preprod;
    private static Prod prod;

    private CuttableProxy network;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        prod = Prod.beside(preprod, prodRoot);
    }

    @AfterAll
    static void end() {
        prod.close();
        preprod.close();
    }

    @BeforeEach
    void startAnew() {
        prod.startAnew();
        network = CuttableProxy.before(preprod.server.port());
    }

    @AfterEach
    void stopNetwork() throws Exception {
        network.close();
    }

    @Test
    void aPromotionThatIsCutAtEveryPhaseEndsWithOneBackup() throws Exception {
        String sha = validated(preprod.stack.release("release 2"));
        List<String> uncut = new ArrayList<>(
                List.of("lock", "fetch", "compose config", "backup", "reset", "gate", "journal", "validate"));
        preprod.atPhase = phase -> {
            if (uncut.remove(phase)) {
                network.cut();
            }
        };

        PromotionResult result = promote(Collections.nCopies(uncut.size(), Duration.ofMillis(100)));

        assertThat(uncut).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(prod.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(Tool.read(prod.stack.stateFile())).isEqualTo(sha);
        assertThat(Tool.lines(prod.stack.checkout().resolve("backups"))).containsOnlyOnce(prod.first());
        assertThat(prod.events()).endsWith("deploy.succeeded", "promoted", "validated");
        assertThat(prod.journal().get(0).get("rollbackPoint")).isEqualTo(prod.first());
        assertThat(prod.stack.isFree()).isTrue();
    }

    @Test
    void aReleaseThatIsBadAndCutOffIsTakenBackToTheOneBeforeIt() throws Exception {
        validated(preprod.stack.commit("Break it", Map.of("index.html", "Oops")));
        AtomicBoolean once = new AtomicBoolean();
        preprod.atPhase = phase -> {
            if (phase.equals("gate") && once.compareAndSet(false, true)) {
                network.cut();
            }
        };

        PromotionResult result = promote(Collections.nCopies(2, Duration.ofMillis(100)));

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(prod.stack.live()).isEqualTo(prod.first());
        assertThat(prod.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void peopleAreToldWhatToTypeWhenProductionStaysAwayHalfWay() throws Exception {
        String sha = validated(preprod.stack.release("release 2"));
        preprod.atPhase = phase -> {
            if (phase.equals("gate")) {
                network.refuse();
            }
        };

        DeployFirstException failure = catchThrowableOfType(
                DeployFirstException.class, () -> promote(Collections.nCopies(1, Duration.ofMillis(100))));

        assertThat(failure.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        Message told = preprod.messages.get(preprod.messages.size() - 1);
        assertThat(told.kind()).isEqualTo(Message.Kind.FAILED);
        assertThat(told.sha()).isEqualTo(sha);
        assertThat(told.headline()).isEqualTo(failure.getMessage());
        assertThat(told.next())
                .startsWith("To go to " + prod.first() + " by hand: ssh -p ")
                .contains("git reset --hard " + prod.first());
        preprod.atPhase = phase -> {};
        await().until(prod.stack::isFree);
    }

    /** Leaves preprod as after a deployment whose CI succeeded. */
    private static String validated(String sha) throws Exception {
        preprod.makeLive(sha);
        preprod.flows().settle(new CommitSha(sha), new CiResult(Verdict.SUCCESS, List.of(), ""), Instant.now());
        preprod.messages.clear();
        return sha;
    }

    private PromotionResult promote(List<Duration> reconnects) throws InterruptedException {
        Environment to = prod.with(it -> {
            it.host = preprod.server.settings(network.port());
            it.promotion =
                    new PromotionSettings(Optional.of("git rev-parse HEAD >> backups; echo made"), FreezeWindows.NONE);
        });
        return preprod.flows(to, reconnects)
                .promote(new PromotionRequest(
                        preprod.environment(), Optional.empty(), "DEPLOY", Optional.empty(), false));
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.ScriptedChecks;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.UnreachableException;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verdicts that come while the host is away: its SSH server is stopped, and started again. */
class HostAwayTest extends OnPreprod {
    private static final List<Duration> QUICKLY = List.of(Duration.ofMillis(100), Duration.ofMillis(100));
    private static final Duration DAY = Duration.ofDays(1);
    private static final CiResult FAILURE = new CiResult(
            Verdict.FAILURE, List.of(new Check("tests", "tests", Check.State.FAILED, "bad", "")), "tests failed");
    private static final CiResult SUCCESS = new CiResult(Verdict.SUCCESS, List.of(), "All checks succeeded.");
    private static final CiResult TIMEOUT = new CiResult(Verdict.TIMEOUT, List.of(), "Checks are pending.");

    private String sha;

    @BeforeEach
    void theHostRunsAReleaseAndGoesAway() {
        sha = preprod.stack.release("watched");
        preprod.makeLive(sha);
        preprod.server.close();
    }

    @AfterEach
    void theHostIsBack() {
        preprod.server.start();
    }

    @Test
    void aRollbackIsPendingUntilTheHostIsBackAndPeopleHearOfThatOnce() throws Exception {
        Instant startedAt = Instant.now();
        assertThatThrownBy(() -> settle(FAILURE, startedAt, false)).isInstanceOf(UnreachableException.class);
        assertThat(preprod.told())
                .contains("CI failed: tests (bad).")
                .contains("cannot be reached: ")
                .contains(sha.substring(0, 7) + " is taken back as soon as the host answers. It is tried until ");
        assertThat(preprod.messages).extracting(Message::kind).containsExactly(Message.Kind.FAILED);
        int lines = preprod.lines.size();

        assertThatThrownBy(() -> settle(FAILURE, startedAt, true)).isInstanceOf(UnreachableException.class);
        assertThat(preprod.lines).hasSize(lines);

        preprod.server.start();
        WatchResult result = settle(FAILURE, startedAt, true);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(preprod.messages)
                .extracting(Message::kind)
                .containsExactly(Message.Kind.FAILED, Message.Kind.ROLLED_BACK);
    }

    @Test
    void aValidationIsPendingToo() throws Exception {
        Instant startedAt = Instant.now();
        assertThatThrownBy(() -> settle(SUCCESS, startedAt, false)).isInstanceOf(UnreachableException.class);
        assertThat(preprod.told()).contains(sha.substring(0, 7) + " becomes validated as soon as the host answers.");

        preprod.server.start();

        assertThat(settle(SUCCESS, startedAt, true).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.stateFile()).hasContent(sha);
    }

    @Test
    void afterADayAPersonIsNeeded() throws Exception {
        Instant yesterday =
                Instant.now().minus(DAY).minus(preprod.environment().ciRules().timeout());

        WatchResult result = settle(FAILURE, yesterday, true);

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.error()).contains("cannot be reached").endsWith(sha.substring(0, 7) + " was not taken back.");
        assertThat(preprod.messages).extracting(Message::kind).containsExactly(Message.Kind.FAILED);
    }

    @Test
    void whatWouldOnlyBeWrittenDownIsNotWaitedFor() throws Exception {
        assertThat(settle(TIMEOUT, Instant.now(), false).outcome()).isEqualTo(Outcome.NO_VERDICT);
    }

    @Test
    void aHostThatRefusesTheLoginIsForAPersonAtOnce() throws Exception {
        preprod.server.start();
        SshServer.key(root.resolve("stranger"), "ed25519", "");
        HostSettings.Ssh known = preprod.server.settings();
        Environment stranger = preprod.with(it -> it.host = new HostSettings.Ssh(
                known.endpoint(),
                SshServer.privateKey(root.resolve("stranger"), Optional.empty()),
                known.hostKeys(),
                Optional.empty()));

        WatchResult result = preprod.flows(stranger, QUICKLY).settle(new CommitSha(sha), FAILURE, Instant.now(), false);

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.error()).contains("refuses the ");
    }

    @Test
    void aWatchOfTheCommandLineWaitsByItself() {
        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=bad"));
        CompletableFuture<WatchResult> watch = CompletableFuture.supplyAsync(() -> {
            try {
                return preprod.flows(preprod.environment(), QUICKLY)
                        .watch(new CommitSha(sha))
                        .join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> preprod.told().contains("It is tried until "));

        preprod.server.start();

        assertThat(watch.join().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    private WatchResult settle(CiResult ci, Instant startedAt, boolean again) throws InterruptedException {
        return preprod.flows(preprod.environment(), QUICKLY).settle(new CommitSha(sha), ci, startedAt, again);
    }
}

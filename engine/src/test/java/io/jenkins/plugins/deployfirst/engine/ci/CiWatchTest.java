package io.jenkins.plugins.deployfirst.engine.ci;

import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.answering;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.checks;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a watch, with a CI server that answers from a script. */
@Timeout(60)
class CiWatchTest {
    private static final String SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);
    private static final CiReadException TROUBLE = CiReadException.passing("CI is down.", Duration.ZERO, null);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "watch-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Progress progress = new Progress() {
        @Override
        public void info(String line) {
            lines.add(line);
        }

        @Override
        public void warn(String line) {
            lines.add("WARN " + line);
        }
    };

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void readsUntilTheChecksAgreeTwice() {
        ScriptedCi server = answering(checks(), checks("build=run"), checks("build=ok"));

        CiResult result = watch(server, LONG).result().join();

        assertThat(result.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(server.reads()).isEqualTo(4);
    }

    @Test
    void aCheckThatStartsLateIsNotMissed() {
        ScriptedCi server = answering(checks("build=ok"), checks("build=ok", "e2e=run"), checks("build=ok", "e2e=bad"));

        CiResult result = watch(server, LONG).result().join();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(result.failures()).extracting(Check::name).containsExactly("e2e");
    }

    @Test
    void theFirstFailureEndsItWhileOthersArePending() {
        ScriptedCi server = answering(checks("build=run", "lint=run"), checks("build=run", "lint=bad"));

        assertThat(watch(server, LONG).result().join().verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void checksThatStayPendingEndInATimeout() {
        CiResult result = watch(answering(checks("build=run")), Duration.ofMillis(60))
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(result.reason()).contains("1 of 1 checks are pending: build");
    }

    @Test
    void noChecksAtAllEndAbsent() {
        CiResult result =
                watch(answering(checks()), Duration.ofMillis(60)).result().join();

        assertThat(result.verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void readsOnceMoreAtTheEndOfTheTime() {
        ScriptedCi server = answering(checks("build=run"), checks("build=bad"));

        CiResult result = start(server, rules(Duration.ZERO, LONG, Duration.ofSeconds(2)), Instant.now())
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void aSuccessThatIsFirstSeenAtTheEndIsConfirmed() {
        ScriptedCi server = answering(checks("build=ok"));

        CiResult result = start(server, rules(SHORT, SHORT, SHORT), Instant.now())
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void aSuccessAtTheEndThatIsNotConfirmedIsNone() {
        ScriptedCi server = answering(checks("build=ok"), checks("build=ok", "e2e=run"));

        CiResult result = start(server, rules(SHORT, SHORT, SHORT), Instant.now())
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void aResumedWatchWhoseTimeIsOverReadsAtOnce() {
        ScriptedCi server = answering(checks("build=bad"));

        CiResult result = start(
                        server,
                        rules(LONG, LONG, LONG),
                        Instant.now().minus(LONG).minus(LONG))
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void aClockThatWentBackDoesNotStretchTheWatch() {
        Instant future = Instant.now().plus(LONG);

        CiResult result = start(answering(checks()), rules(SHORT, SHORT, Duration.ofMillis(40)), future)
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aRefusalEndsItWithTheReason() {
        ScriptedCi server =
                answering(checks("build=run"), failing(CiReadException.permanent("No permission. Give one.")));

        CiResult result = watch(server, LONG).result().join();

        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.reason()).isEqualTo("No permission. Give one.");
        assertThat(result.checks()).extracting(Check::name).containsExactly("build");
    }

    @Test
    void aWrongRequestEndsIt() {
        ScriptedCi server = answering(() -> {
            throw DeployFirstException.usage("sha: \"main\" is not a commit SHA.", "Give one.");
        });

        assertThat(watch(server, LONG).result().join())
                .isEqualTo(new CiResult(Verdict.ERROR, List.of(), "sha: \"main\" is not a commit SHA. Give one."));
    }

    @Test
    void aServerInTroubleIsAskedAgainAndWarnedOfOnce() {
        ScriptedCi server = answering(
                checks("build=run"), failing(TROUBLE), failing(TROUBLE), checks("build=run"), checks("build=bad"));

        assertThat(watch(server, LONG).result().join().verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(lines)
                .containsExactly(
                        "CI: 0 of 1 checks done, pending: build",
                        "WARN CI: CI is down.",
                        "CI: 0 of 1 checks done, pending: build");
    }

    @Test
    void troubleBetweenTwoReadsOfASuccessDoesNotSpoilIt() {
        ScriptedCi server = answering(checks("build=ok"), failing(TROUBLE), checks("build=ok"));

        assertThat(watch(server, LONG).result().join().verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(server.reads()).isEqualTo(3);
    }

    @Test
    void aMistakeInTheServersCodeIsTroubleLikeAnyOther() {
        ScriptedCi server = answering(failing(new IllegalStateException("secret")), checks("build=bad"));

        assertThat(watch(server, LONG).result().join().verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(lines).containsExactly("WARN CI: The read failed: IllegalStateException.");
    }

    @Test
    void nothingButTroubleEndsInAnErrorWithTheLastReason() {
        CiResult result = watch(answering(failing(TROUBLE)), Duration.ofMillis(60))
                .result()
                .join();

        assertThat(result).isEqualTo(new CiResult(Verdict.ERROR, List.of(), "CI is down."));
    }

    @Test
    void troubleAtTheEndIsToldInTheTimeout() {
        CiResult result = watch(answering(checks("build=run"), failing(TROUBLE)), Duration.ofSeconds(2))
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(result.reason()).endsWith("could not be read at the end: CI is down.");
    }

    @Test
    void aServerThatAsksToWaitIsLeftAloneEvenAtTheEnd() {
        ScriptedCi server = answering(failing(CiReadException.passing("Too many requests.", LONG, null)));
        CiWatch watch = watch(server, Duration.ofMillis(100));
        Awaitility.await().until(() -> server.reads() == 1);

        watch.wake();
        CiResult result = watch.result().join();

        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(server.reads()).isEqualTo(1);
    }

    @Test
    void afterTheTimeThatTheServerAskedForItIsReadAgain() {
        ScriptedCi server = answering(
                failing(CiReadException.passing("Too many requests.", Duration.ofMillis(50), null)),
                checks("build=bad"));

        assertThat(watch(server, LONG).result().join().verdict()).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void anEventBringsTheReadForward() {
        ScriptedCi server = answering(checks("build=bad"));
        CiWatch watch = start(server, rules(LONG, LONG, LONG), Instant.now());

        watch.wake();

        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void anEventDuringAReadCausesAnother() {
        CompletableFuture<CiSnapshot> slow = new CompletableFuture<>();
        ScriptedCi server = answering(() -> slow, checks("build=bad"));
        CiWatch watch = start(server, rules(Duration.ZERO, LONG, LONG), Instant.now());
        Awaitility.await().until(() -> server.reads() == 1);

        watch.wake();
        slow.complete(ScriptedCi.snapshot("build=run"));

        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void anEventDoesNotWaitForAPollThatGetsNoAnswer() {
        CompletableFuture<CiSnapshot> poll = new CompletableFuture<>();
        ScriptedCi server = answering(() -> poll, checks("build=bad"));
        CiWatch watch = start(server, rules(Duration.ZERO, LONG, LONG), Instant.now());
        Awaitility.await().until(() -> server.reads() == 1);

        watch.wake();

        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
        poll.complete(ScriptedCi.snapshot("build=ok"));
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void eventsInQuickSuccessionDoNotConfirmASuccess() {
        ScriptedCi server = answering(checks("build=ok"));
        CiWatch watch = start(server, rules(Duration.ZERO, LONG, LONG), Instant.now());
        Awaitility.await().until(() -> server.reads() == 1);

        watch.wake();
        Awaitility.await().until(() -> server.reads() == 2);

        Awaitility.await()
                .during(Duration.ofMillis(100))
                .until(() -> !watch.result().isDone());
    }

    @Test
    void oneReadThatIsServedTwiceConfirmsNothing() {
        CiSnapshot same = ScriptedCi.snapshot("build=ok");
        ScriptedCi server = answering(() -> CompletableFuture.completedFuture(same));

        assertThat(watch(server, Duration.ofMillis(60)).result().join().verdict())
                .isEqualTo(Verdict.TIMEOUT);
    }

    @Test
    void cancellingTheResultEndsTheWatch() {
        ScriptedCi server = answering(checks("build=run"));
        CiWatch watch = watch(server, LONG);
        Awaitility.await().until(() -> server.reads() > 2);

        watch.cancel();

        assertThatThrownBy(watch.result()::join).isInstanceOf(CancellationException.class);
        Awaitility.await().until(() -> {
            timer.purge();
            return timer.getQueue().isEmpty();
        });
    }

    @Test
    void progressIsToldOnChangeOnly() {
        ScriptedCi server = answering(
                checks(),
                checks(),
                checks("build=run", "lint=run"),
                checks("build=run", "lint=run"),
                checks("build=ok", "lint=run"),
                checks("build=ok", "lint=bad"));

        watch(server, LONG).result().join();

        assertThat(lines)
                .containsExactly(
                        "CI: no check has appeared yet",
                        "CI: 0 of 2 checks done, pending: build, lint",
                        "CI: 1 of 2 checks done, pending: lint");
    }

    @Test
    void aProgressThatFailsDoesNotLoseTheWatch() {
        Progress broken = new Progress() {
            @Override
            public void info(String line) {
                throw new IllegalStateException("the log is closed");
            }
        };

        CiResult result = CiWatch.start(
                        answering(checks()), SHA, rules(Duration.ZERO, SHORT, LONG), timer, Instant.now(), broken)
                .result()
                .join();

        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
    }

    @Test
    void aTimerThatIsShutDownFailsTheWatchInsteadOfLosingIt() {
        timer.shutdownNow();

        assertThatThrownBy(watch(answering(checks()), LONG).result()::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void theVerdictOfThisMomentTakesTwoReadsOfASuccess() {
        ScriptedCi server = answering(checks("build=ok"));

        CiResult result = CiWatch.now(server, SHA, CiRules.DEFAULTS, timer).join();

        assertThat(result.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void theVerdictOfThisMomentDoesNotComeFromSharedReads() {
        ScriptedCi server = answering(checks("build=bad"), checks("build=ok"));
        SharedReads shared = new SharedReads(server, LONG);
        shared.read(SHA);

        assertThat(CiWatch.now(shared, SHA, CiRules.DEFAULTS, timer).join().verdict())
                .isEqualTo(Verdict.SUCCESS);
    }

    @Test
    void theVerdictOfThisMomentDoesNotWaitForPendingChecks() {
        ScriptedCi server = answering(checks("build=run"));

        CiResult result = CiWatch.now(server, SHA, CiRules.DEFAULTS, timer).join();

        assertThat(result)
                .isEqualTo(new CiResult(
                        Verdict.TIMEOUT,
                        ScriptedCi.snapshot("build=run").checks(),
                        "No verdict: 1 of 1 checks are pending: build (run)."));
        assertThat(CiWatch.now(answering(checks()), SHA, CiRules.DEFAULTS, timer)
                        .join()
                        .verdict())
                .isEqualTo(Verdict.ABSENT);
        assertThat(CiWatch.now(answering(failing(TROUBLE)), SHA, CiRules.DEFAULTS, timer)
                        .join()
                        .verdict())
                .isEqualTo(Verdict.ERROR);
    }

    @Test
    void aThousandWatchesAddNoThread() {
        ScriptedCi server = answering(checks("build=run"));
        timer.prestartAllCoreThreads();
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

        List<CiWatch> watches = IntStream.range(0, 1_000)
                .mapToObj(number -> start(server, rules(SHORT, Duration.ofMillis(50), LONG), Instant.now()))
                .toList();
        Awaitility.await().until(() -> server.reads() > 5_000);
        Set<Thread> added = new HashSet<>(Thread.getAllStackTraces().keySet());
        added.removeAll(before);

        // Not none: the virtual machine and the test's own waiting may start one or two.
        assertThat(added).hasSizeLessThan(10);
        assertThat(watches).noneMatch(watch -> watch.result().isDone());
        watches.forEach(CiWatch::cancel);
    }

    private CiWatch watch(CiServer server, Duration timeout) {
        return start(server, rules(Duration.ZERO, SHORT, timeout), Instant.now());
    }

    private CiWatch start(CiServer server, CiRules rules, Instant startedAt) {
        return CiWatch.start(server, SHA, rules, timer, startedAt, progress);
    }

    private static CiRules rules(Duration initialDelay, Duration interval, Duration timeout) {
        return new CiRules(
                initialDelay,
                interval,
                timeout,
                List.of(),
                List.of(),
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
    }
}

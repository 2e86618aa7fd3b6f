package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a watch reads, by a clock that the test moves. */
class CiWatchPaceTest {
    private static final String SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final Ending server = new Ending();

    /** A CI server whose only check ends at a time, and that notes when it was asked. */
    private final class Ending implements CiServer {
        private final List<Long> reads = new ArrayList<>();
        private long end = Long.MAX_VALUE;
        private int failures;

        @Override
        public CompletableFuture<CiSnapshot> read(String sha) {
            reads.add(time.elapsed().toSeconds());
            if (failures > 0) {
                failures--;
                return CompletableFuture.failedFuture(CiReadException.passing("Down.", Duration.ZERO, null));
            }
            String check = time.elapsed().toSeconds() < end ? "build=run" : "build=bad";
            return CompletableFuture.completedFuture(ScriptedCi.snapshot(check));
        }

        @Override
        public String describe() {
            return "a CI server that ends";
        }

        @Override
        public String pageOf(String sha) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Nobody knows: dense for five minutes, then less and less.
        "0, 0, 10",
        "300, 0, 10",
        "500, 0, 10",
        "700, 0, 20",
        "3600, 0, 60",
        // Ten minutes, give or take a quarter.
        "0, 600, 60",
        "270, 600, 30",
        "440, 600, 10",
        "600, 600, 10",
        "750, 600, 10",
        "870, 600, 20",
        "3600, 600, 60",
        // A short one is dense from the start.
        "0, 40, 10",
    })
    void readsAreDenseWhenCiUsuallyEnds(long elapsed, long usual, long expected) {
        ReadPlan plan = new ReadPlan(Duration.ofSeconds(10));

        assertThat(plan.next(seconds(elapsed), seconds(usual))).isEqualTo(seconds(expected));
    }

    @Test
    void anIntervalOverAMinuteStaysWhatItIs() {
        assertThat(new ReadPlan(Duration.ofMinutes(2)).next(0, seconds(3600))).isEqualTo(seconds(120));
    }

    @Test
    void aWatchThatKnowsWhenCiEndsAsksLessAndIsThereInTime() {
        server.end = 605;
        watch(HOUR);
        time.advance(HOUR);
        List<Long> unknowing = List.copyOf(server.reads);
        server.reads.clear();

        VirtualTime again = time;
        server.end = again.elapsed().toSeconds() + 605;
        watch(HOUR).expect(Duration.ofSeconds(600));
        again.advance(HOUR);

        assertThat(last(unknowing)).isBetween(605L, 625L);
        assertThat(last(server.reads) - HOUR.toSeconds()).isBetween(605L, 615L);
        assertThat(server.reads).hasSizeLessThan(unknowing.size());
    }

    @Test
    void anEventIsReadAtOnceAndAgainAfterOneTwoAndFiveSeconds() {
        CiWatch watch = watch(HOUR);
        watch.expect(HOUR.dividedBy(2));
        time.advance(Duration.ofSeconds(100));
        server.reads.clear();

        watch.wake();
        time.advance(Duration.ofSeconds(20));

        assertThat(server.reads).containsExactly(100L, 101L, 102L, 105L);
    }

    @Test
    void aServerThatLagsBehindItsEventIsSeenWithinASecond() {
        CiWatch watch = watch(HOUR);
        time.advance(Duration.ofSeconds(95));
        server.reads.clear();
        server.end = 97;

        watch.wake();
        time.advance(Duration.ofSeconds(3));

        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(server.reads).containsExactly(95L, 96L, 97L);
    }

    @Test
    void aServerThatCannotBeReadIsAskedAgainSoonHoweverLongTheIntervalIs() {
        CiRules hourly = new CiRules(
                Duration.ZERO,
                HOUR,
                HOUR.multipliedBy(2),
                List.of(),
                List.of(),
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
        server.failures = 3;
        CiWatch.start(server, SHA, hourly, time, Duration.ZERO, Progress.NONE, time::nanoTime);

        time.advance(Duration.ofSeconds(10 + 20 + 40 + 1));

        assertThat(server.reads).hasSize(4);
    }

    @Test
    void anotherEventBeginsItAnew() {
        CiWatch watch = watch(HOUR);
        watch.expect(HOUR.dividedBy(2));
        time.advance(Duration.ofSeconds(100));
        server.reads.clear();

        watch.wake();
        time.advance(Duration.ofSeconds(4));
        watch.wake();
        time.advance(Duration.ofSeconds(20));

        assertThat(server.reads).containsExactly(100L, 101L, 102L, 104L, 105L, 106L, 109L);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 44, 118, 292, 301, 599, 1234})
    void anEventMakesNoVerdictLater(long end) {
        for (long event : LongStream.of(0, end - 40, end - 7, end - 1).toArray()) {
            assertThat(verdictAt(end, event)).as("event at %s", event).isLessThanOrEqualTo(verdictAt(end, -1));
        }
    }

    @Test
    void aResumedWatchIsAsFarAsItWas() {
        CiRules rules = rules(HOUR);
        CiWatch.start(server, SHA, rules, time, Duration.ofMinutes(40), Progress.NONE, time::nanoTime);

        time.advance(HOUR);

        assertThat(server.reads).startsWith(0L, 60L, 120L);
        assertThat(last(server.reads)).isEqualTo(Duration.ofMinutes(20).toSeconds());
    }

    @Test
    void aShortWatchNeedsNoHistory() {
        assertThat(CiWatch.adapts(rules(Duration.ofMinutes(5)))).isFalse();
        assertThat(CiWatch.adapts(rules(Duration.ofMinutes(6)))).isTrue();
    }

    /** Returns how many seconds after the start a failure at {@code end} is known; an event comes unless it is negative. */
    private static long verdictAt(long end, long event) {
        CiWatchPaceTest world = new CiWatchPaceTest();
        world.server.end = end;
        CiWatch watch = world.watch(HOUR);
        watch.expect(Duration.ofSeconds(900));
        if (event >= 0) {
            world.time.advance(Duration.ofSeconds(event));
            watch.wake();
        }
        world.time.advance(HOUR);
        assertThat(watch.result().join().verdict()).isEqualTo(Verdict.FAILURE);
        return last(world.server.reads);
    }

    @Test
    void whoeverFollowsHearsTheChecksAsReadsFindThem() {
        server.end = 45;
        CiWatch watch = watch(HOUR);
        List<String> early = new ArrayList<>();
        watch.follow(checks -> checks.forEach(check -> early.add(check.conclusion())));
        assertThat(early).isEmpty();
        time.advance(Duration.ofSeconds(35));

        List<String> late = new ArrayList<>();
        watch.follow(checks -> checks.forEach(check -> late.add(check.conclusion())));
        time.advance(Duration.ofMinutes(1));

        assertThat(early).containsExactly("run");
        assertThat(late).containsExactly("run", "run", "bad");
    }

    private CiWatch watch(Duration timeout) {
        return CiWatch.start(server, SHA, rules(timeout), time, Duration.ZERO, Progress.NONE, time::nanoTime);
    }

    private static CiRules rules(Duration timeout) {
        return new CiRules(
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                timeout,
                List.of(),
                List.of(),
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
    }

    private static long last(List<Long> reads) {
        return reads.get(reads.size() - 1);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}

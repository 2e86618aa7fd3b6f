package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthGateTest {
    private final FakeClock clock = new FakeClock();
    private final Lines lines = new Lines();
    private final HealthGate gate = new HealthGate(clock);

    @Test
    void withoutProbesItIsPassedAtOnce() throws Exception {
        assertThat(gate.await(List.of(), GateTiming.DEFAULTS, lines)).isEqualTo(new GateResult(true, List.of()));
        assertThat(clock.sleeps).isEmpty();
        assertThat(lines.infos).isEmpty();
    }

    @Test
    void theFirstProbeIsMadeAtOnceAndTheFirstSuccessPasses() throws Exception {
        GateResult result = gate.await(List.of(new FakeProbe("web", 1)), GateTiming.DEFAULTS, lines);
        assertThat(result).isEqualTo(new GateResult(true, List.of(attempt(true, true))));
        assertThat(clock.sleeps).isEmpty();
        assertThat(lines.infos).containsExactly("health: healthy after 0.0 s");
    }

    @Test
    void whileItStartsProbesBackOffFromATenthToAWholeSecond() throws Exception {
        gate.await(List.of(new FakeProbe("web", 9)), GateTiming.DEFAULTS, lines);
        assertThat(clock.sleeps).containsExactly(millis(100, 150, 225, 337, 506, 759, 1000, 1000));
    }

    @Test
    void whatFailsWhileItStartsIsNotCounted() throws Exception {
        FakeProbe probe = new FakeProbe("web", 40);
        GateResult result = gate.await(List.of(probe), timing(60, 1), lines);
        assertThat(result.healthy()).isTrue();
        assertThat(result.attempts()).hasSize(40).allMatch(Attempt::starting);
    }

    @Test
    void afterTheStartPeriodItAsksAsOftenAsAllowed() throws Exception {
        FakeProbe probe = new FakeProbe("web", Integer.MAX_VALUE);
        GateResult result = gate.await(List.of(probe), timing(1, 3), lines);
        assertThat(result.healthy()).isFalse();
        assertThat(result.attempts().stream().filter(attempt -> !attempt.starting()))
                .hasSize(3);
        // The start period ends the pauses in it, and the first counted attempt follows at once.
        assertThat(clock.sleeps).containsExactly(millis(100, 150, 225, 337, 187, 5000, 5000));
        assertThat(lines.infos)
                .containsExactly(
                        "health: down (0.0 s)",
                        "health: attempt 1 of 3: down (1.0 s)",
                        "health: attempt 2 of 3: down (6.0 s)",
                        "health: attempt 3 of 3: down (11 s)");
        assertThat(result.problem()).isEqualTo("web: down");
    }

    @Test
    void aSuccessAmongTheCountedAttemptsPasses() throws Exception {
        GateResult result = gate.await(List.of(new FakeProbe("web", 2)), timing(0, 3), lines);
        assertThat(result).isEqualTo(new GateResult(true, List.of(attempt(false, false), attempt(false, true))));
        assertThat(clock.sleeps).containsExactly(millis(5000));
        assertThat(lines.infos).containsExactly("health: attempt 1 of 3: down (0.0 s)", "health: healthy after 5.0 s");
        assertThat(result.problem()).isEmpty();
    }

    @Test
    void withoutAStartPeriodNothingIsFree() throws Exception {
        FakeProbe probe = new FakeProbe("web", 4);
        assertThat(gate.await(List.of(probe), timing(0, 3), lines).healthy()).isFalse();
        assertThat(probe.asked).isEqualTo(3);
    }

    @Test
    void aProbeThatHangsLeavesTimeForOthersInTheStartPeriod() throws Exception {
        FakeProbe hanging = new FakeProbe("web", Integer.MAX_VALUE);
        hanging.hangs = true;
        gate.await(List.of(hanging), new GateTiming(seconds(12), 2, seconds(5), seconds(10)), lines);
        // A third of the period, then what is left of it (never under a second), then the whole timeout.
        assertThat(hanging.limits.get(0)).isEqualTo(seconds(4));
        assertThat(hanging.limits).allMatch(limit -> limit.compareTo(seconds(1)) >= 0);
        assertThat(hanging.limits.subList(hanging.limits.size() - 2, hanging.limits.size()))
                .containsExactly(seconds(10), seconds(10));
        assertThat(hanging.limits).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void aShortTimeoutHoldsInTheStartPeriodToo() throws Exception {
        FakeProbe probe = new FakeProbe("web", 2);
        gate.await(List.of(probe), new GateTiming(seconds(30), 1, seconds(5), Duration.ofMillis(300)), lines);
        assertThat(probe.limits).containsOnly(Duration.ofMillis(300));
    }

    @Test
    void allProbesMustBeHealthyAndTheEarlyOnesAreAskedAgainInTheEnd() throws Exception {
        FakeProbe early = new FakeProbe("early", 1);
        FakeProbe late = new FakeProbe("late", 3);
        GateResult result = gate.await(List.of(early, late), timing(30, 1), lines);
        assertThat(result.healthy()).isTrue();
        assertThat(result.attempts().stream().map(Attempt::probe))
                .containsExactly("early", "late", "late", "late", "early");
        assertThat(lines.infos).containsExactly("health: late: down (0.0 s)", "health: healthy after 0.3 s");
    }

    @Test
    void whatDiedWhileTheOthersCameUpIsWaitedForAgain() throws Exception {
        FakeProbe dying = new FakeProbe("dying", 1);
        dying.diesAtCall = 2;
        GateResult result = gate.await(List.of(dying, new FakeProbe("late", 2)), timing(0, 3), lines);
        assertThat(result.healthy()).isFalse();
        assertThat(result.problem()).isEqualTo("dying: down");
    }

    @Test
    void oneUnhealthyProbeOfSeveralFailsTheGateAndIsNamed() throws Exception {
        List<Probe> probes = List.of(new FakeProbe("web", 1), new FakeProbe("db", Integer.MAX_VALUE));
        GateResult result = gate.await(probes, timing(0, 2), lines);
        assertThat(result.healthy()).isFalse();
        assertThat(result.problem()).isEqualTo("db: down");
        assertThat(lines.infos)
                .containsExactly(
                        "health: attempt 1 of 2: db: down (0.0 s)", "health: attempt 2 of 2: db: down (5.0 s)");
    }

    @Test
    void anotherAnswerIsToldAtOnceAndTheSameOneEveryFiveSeconds() throws Exception {
        FakeProbe probe = new FakeProbe("web", 20);
        probe.status = call -> call < 3 ? "" : "502";
        gate.await(List.of(probe), timing(60, 1), lines);
        assertThat(lines.infos)
                .containsExactly(
                        "health: down (0.0 s)",
                        "health: down 502 (0.3 s)",
                        "health: down 502 (6.1 s)",
                        "health: down 502 (11 s)",
                        "health: healthy after 15 s");
    }

    @Test
    void whoeverFollowsHearsAnAnswerPerChangeAndTheSuccess() throws Exception {
        gate.await(List.of(new FakeProbe("web", 6)), timing(60, 1), lines);
        assertThat(lines.probed).containsExactly(attempt(true, false), attempt(true, true));
    }

    @Test
    void whoeverFollowsHearsEveryCountedAttempt() throws Exception {
        gate.await(List.of(new FakeProbe("web", 3)), timing(0, 3), lines);
        assertThat(lines.probed).containsExactly(attempt(false, false), attempt(false, false), attempt(false, true));
    }

    @Test
    void onlyTheLastHundredAttemptsAreKept() throws Exception {
        FakeProbe probe = new FakeProbe("web", 150);
        GateResult result = gate.await(List.of(probe), timing(600, 1), lines);
        assertThat(result.attempts()).hasSize(100);
        assertThat(result.attempts().get(99).healthy()).isTrue();
    }

    @Test
    void theLatencyOfEachAnswerIsKept() throws Exception {
        FakeProbe probe = new FakeProbe("web", 1);
        probe.takes = Duration.ofMillis(840);
        assertThat(gate.await(List.of(probe), timing(0, 1), lines).attempts())
                .extracting(Attempt::latencyMillis)
                .containsExactly(840L);
    }

    @Test
    void onceAsksEachProbeOnceAndSaysNothing() throws Exception {
        FakeProbe web = new FakeProbe("web", 2);
        FakeProbe db = new FakeProbe("db", 1);
        GateResult result = gate.once(List.of(web, db), seconds(3));
        assertThat(result.healthy()).isFalse();
        assertThat(result.problem()).isEqualTo("web: down");
        assertThat(web.asked + db.asked).isEqualTo(2);
        assertThat(web.limits).containsExactly(seconds(3));
        assertThat(clock.sleeps).isEmpty();
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() ->
                        new HealthGate().await(List.of(new FakeProbe("web", 2)), GateTiming.DEFAULTS, Progress.NONE));
    }

    @Test
    void anInterruptEndsARealPause() {
        Thread flow = Thread.currentThread();
        Probe interrupting = new FakeProbe("web", Integer.MAX_VALUE) {
            @Override
            public ProbeResult probe(Duration timeout) {
                flow.interrupt();
                return super.probe(timeout);
            }
        };
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new HealthGate().await(List.of(interrupting), timing(0, 3), Progress.NONE));
    }

    private static GateTiming timing(int startSeconds, int attempts) {
        return new GateTiming(seconds(startSeconds), attempts, seconds(5), seconds(10));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Long[] millis(long... millis) {
        return Arrays.stream(millis).boxed().toArray(Long[]::new);
    }

    private static Attempt attempt(boolean starting, boolean healthy) {
        return new Attempt("web", starting, healthy, "", 0, healthy ? "" : "down");
    }

    private static final class FakeClock implements GateClock {
        private final List<Long> sleeps = new ArrayList<>();
        private Duration now = Duration.ZERO;

        @Override
        public long nanos() {
            return now.toNanos();
        }

        @Override
        public void sleep(Duration pause) {
            sleeps.add(pause.toMillis());
            now = now.plus(pause);
        }
    }

    private static final class Lines implements Progress {
        private final List<String> infos = new ArrayList<>();

        private final List<Attempt> probed = new ArrayList<>();

        @Override
        public void info(String line) {
            infos.add(line);
        }

        @Override
        public void probed(Attempt attempt) {
            probed.add(attempt);
        }
    }

    private class FakeProbe implements Probe {
        private final String name;
        private final int healthyFromCall;
        private final List<Duration> limits = new ArrayList<>();
        private IntFunction<String> status = call -> "";
        private Duration takes = Duration.ZERO;
        private boolean hangs;
        private int diesAtCall = Integer.MAX_VALUE;
        private int asked;

        FakeProbe(String name, int healthyFromCall) {
            this.name = name;
            this.healthyFromCall = healthyFromCall;
        }

        @Override
        public ProbeResult probe(Duration timeout) {
            asked++;
            limits.add(timeout);
            clock.now = clock.now.plus(hangs ? timeout : takes);
            boolean healthy = asked >= healthyFromCall && asked < diesAtCall;
            String found = status.apply(asked);
            return new ProbeResult(healthy, found, healthy ? "" : ("down " + found).strip());
        }

        @Override
        public String describe() {
            return name;
        }
    }
}

package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.agent.FlowEvent;
import io.jenkins.plugins.deployfirst.agent.FlowEvents;
import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a page shows of a flow whose events come late, twice, in another order, or far too often. */
class LiveTimelineTest {
    private final LiveTimeline timeline = new LiveTimeline();
    private final FlowEvents flow = timeline.follow();

    @Test
    void aPhaseUnderWayHasTakenTheTimeUntilNow() {
        flow.heard(phase(0, "fetch", 100, -1));

        assertThat(timeline.phases(350)).singleElement().satisfies(phase -> {
            assertThat(phase.isRunning()).isTrue();
            assertThat(phase.getStartMillis()).isEqualTo(100);
            assertThat(phase.getDurationMillis()).isEqualTo(250);
        });
    }

    @Test
    void theWordOfABeginningThatComesAfterTheEndChangesNothing() {
        flow.heard(phase(1, "gate", 300, 400));
        flow.heard(phase(0, "fetch", 100, 300));
        flow.heard(phase(1, "gate", 300, -1));
        flow.heard(phase(0, "fetch", 100, 300));

        assertThat(timeline.phases(1000)).extracting(PhaseRecord::getName).containsExactly("fetch", "gate");
        assertThat(timeline.phases(1000)).noneMatch(PhaseRecord::isRunning);
    }

    @Test
    void aFlowThatIsRunAgainStandsBehindTheFirst() {
        flow.heard(phase(0, "connect", 0, 10));
        timeline.follow().heard(phase(0, "connect", 5000, 5010));

        assertThat(timeline.phases(6000))
                .extracting(PhaseRecord::getStartMillis)
                .containsExactly(0L, 5000L);
    }

    @Test
    void onlyTheLastAnswersOfAGateAreKept() {
        IntStream.range(0, 100).forEach(i -> flow.heard(new FlowEvent.Probed(i, answer(i))));

        assertThat(timeline.attempts())
                .hasSize(30)
                .last()
                .satisfies(last -> assertThat(last.getLatencyMillis()).isEqualTo(99));
    }

    @Test
    void whoeverTellsTooMuchIsNotHeard() {
        IntStream.range(-5, 5000).forEach(i -> flow.heard(phase(i, "phase " + i, i, i + 1)));
        flow.heard(phase(0, "x".repeat(100_000), 0, 1));

        assertThat(timeline.phases(0))
                .hasSize(300)
                .allSatisfy(phase -> assertThat(phase.getName()).hasSizeLessThanOrEqualTo(1000));
    }

    private static FlowEvent phase(int number, String name, long start, long end) {
        return new FlowEvent.Phase(number, name, start, end, "");
    }

    private static Attempt answer(long latency) {
        return new Attempt("web", true, false, "503", latency, "HTTP 503");
    }
}

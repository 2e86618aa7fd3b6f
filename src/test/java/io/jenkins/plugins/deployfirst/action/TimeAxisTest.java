package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.agent.FlowEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The axis of a timeline. */
class TimeAxisTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            35      | 0 s, 0.01 s, 0.02 s, 0.03 s
            1900    | 0 s, 0.5 s, 1 s, 1.5 s
            2000    | 0 s, 0.5 s, 1 s, 1.5 s, 2 s
            9300    | 0 s, 2 s, 4 s, 6 s, 8 s
            47000   | 0 s, 10 s, 20 s, 30 s, 40 s
            95000   | 0 s, 20 s, 40 s, 1 min, 1 min 20 s
            7300000 | 0 s, 30 min, 1 h, 1 h 30 min, 2 h
            """)
    void itsMarksAreAtRoundTimes(long length, String labels) {
        TimeAxis axis = TimeAxis.of(List.of(phase(0, length)));

        assertThat(String.join(
                        ", ", axis.ticks().stream().map(TimeAxis.Tick::getLabel).toList()))
                .isEqualTo(labels);
    }

    @Test
    void itBeginsWithTheFirstPhaseAndEndsWithTheLast() {
        TimeAxis axis = TimeAxis.of(List.of(phase(94_000, 95_000), phase(95_500, 96_000)));

        assertThat(axis.length()).isEqualTo(2000);
        assertThat(axis.percent(95_000)).isEqualTo(50);
    }

    @Test
    void withoutPhasesAndWithoutTimeItStillIsOne() {
        assertThat(TimeAxis.of(List.of()).length()).isEqualTo(1);
        assertThat(TimeAxis.of(List.of(phase(5, 5))).ticks()).isNotEmpty();
    }

    @Test
    void theTextOfAMarkStaysInside() {
        List<TimeAxis.Tick> ticks = TimeAxis.of(List.of(phase(0, 2000))).ticks();

        assertThat(ticks)
                .extracting(TimeAxis.Tick::getAnchor)
                .containsExactly("start", "middle", "middle", "middle", "end");
        assertThat(ticks.get(4).getX()).isEqualTo("100.00%");
    }

    private static PhaseRecord phase(long start, long end) {
        return PhaseRecord.of(new FlowEvent.Phase(0, "phase", start, end, ""), 0);
    }
}

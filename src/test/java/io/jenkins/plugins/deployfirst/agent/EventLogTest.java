package io.jenkins.plugins.deployfirst.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a flow tells those who follow it. */
class EventLogTest {
    private static final Attempt ANSWER = new Attempt("web", true, false, "503", 12, "HTTP 503");

    private final List<FlowEvent> heard = new ArrayList<>();

    @Test
    void eachBeginningEachEndAndEachAnswerIsToldAtOnce() {
        EventLog log = new EventLog(heard::add);

        log.started("fetch", 62);
        log.ended("fetch", Duration.ofMillis(310), "");
        log.started("gate", 372);
        log.probed(ANSWER);
        log.ended("gate", Duration.ofSeconds(1), "not healthy");

        assertThat(heard)
                .containsExactly(
                        new FlowEvent.Phase(0, "fetch", 62, -1, ""),
                        new FlowEvent.Phase(0, "fetch", 62, 372, ""),
                        new FlowEvent.Phase(1, "gate", 372, -1, ""),
                        new FlowEvent.Probed(0, ANSWER),
                        new FlowEvent.Phase(1, "gate", 372, 1372, "not healthy"));
        assertThat(log.all())
                .containsExactly(
                        new FlowEvent.Phase(0, "fetch", 62, 372, ""),
                        new FlowEvent.Phase(1, "gate", 372, 1372, "not healthy"),
                        new FlowEvent.Probed(0, ANSWER));
    }

    @Test
    void whoDoesNotHearItHoldsUpNothing() {
        EventLog log = new EventLog(event -> {
            throw new IllegalStateException("the channel is closed");
        });

        log.started("fetch", 0);
        log.ended("fetch", Duration.ofMillis(5), "");

        assertThat(log.all()).containsExactly(new FlowEvent.Phase(0, "fetch", 0, 5, ""));
    }

    @Test
    void whatEndsWithoutABeginningIsNothing() {
        EventLog log = new EventLog(null);

        log.ended("fetch", Duration.ofMillis(5), "");

        assertThat(log.all()).isEmpty();
    }

    @Test
    void aFlowWithoutEndStopsTellingAtSomePoint() {
        EventLog log = new EventLog(heard::add);

        IntStream.range(0, 10_000).forEach(i -> {
            log.started("phase " + i, i);
            log.probed(ANSWER);
        });

        assertThat(log.all()).hasSize(600);
        assertThat(heard).hasSize(600);
    }
}

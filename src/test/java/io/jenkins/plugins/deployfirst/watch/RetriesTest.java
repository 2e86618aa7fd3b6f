package io.jenkins.plugins.deployfirst.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often a host that is away is tried, and how often the log hears of that. */
class RetriesTest {
    private final List<String> log = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void warn(String line) {
            log.add(line);
        }
    };

    @Test
    void thePausesGrowToAMinute() {
        Retries retries = new Retries();

        List<Long> pauses = IntStream.range(0, 14)
                .mapToObj(time -> retries.next("Away.", progress).toSeconds())
                .toList();

        assertThat(pauses).containsExactly(5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L, 45L, 50L, 55L, 60L, 60L, 60L);
    }

    @Test
    void theLogOfADayHasADozenLinesAndEachNewReason() {
        Retries retries = new Retries();
        IntStream.range(0, 24 * 60).forEach(minute -> retries.next("The host is away.", progress));
        assertThat(log)
                .hasSize(11)
                .startsWith("The host is away. Trying again in 5 s.", "The host is away. Trying again in 10 s.")
                .endsWith("The host is away. Trying again in 60 s.");

        retries.next("The agent is away.", progress);

        assertThat(log).hasSize(12).endsWith("The agent is away. Trying again in 60 s.");
    }
}

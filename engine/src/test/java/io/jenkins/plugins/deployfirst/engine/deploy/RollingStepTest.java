package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingStepTest {
    @Test
    void whatIsAsTheFilesSayStaysAndTheRestGoes() {
        RollingStep step =
                step(2, "a|web|new|running|i2|app|i2", "b|web|old|running|i1|app|i2", "c|db|old|running|i3|db|i3");

        assertThat(step.isDone()).isFalse();
        assertThat(step.missing()).isEqualTo(1);
        assertThat(ids(step.staying())).containsExactly("a");
        assertThat(ids(step.going())).containsExactly("b");
    }

    @Test
    void aContainerOfAnImageThatHasAnotherMeaningNowIsOld() {
        assertThat(step(1, "a|web|new|running|i1|app|i2").stale()).hasSize(1);
        assertThat(step(1, "a|web|new|running|i1|app|").stale()).isEmpty();
    }

    @Test
    void whatIsTooManyGoesAndWhatRunsStaysFirst() {
        RollingStep step = step(1, "a|web|new|created|i|app|i", "b|web|new|running|i|app|i");

        assertThat(ids(step.staying())).containsExactly("b");
        assertThat(ids(step.going())).containsExactly("a");
        assertThat(step.missing()).isZero();
        assertThat(step.isDone()).isFalse();
        assertThat(step(1, "b|web|new|running|i|app|i").isDone()).isTrue();
    }

    @Test
    void aServiceOfWhichNothingRunsServesNobody() {
        assertThat(step(1, "a|web|old|exited|i|app|i", "b|web|new|created|i|app|i")
                        .serves())
                .isFalse();
        assertThat(step(1).serves()).isFalse();
        assertThat(step(1, "a|web|old|restarting|i|app|i").serves()).isTrue();
    }

    private static RollingStep step(int scale, String... lines) {
        return RollingStep.of("web", scale, "new", Instance.parseAll(String.join("\n", Arrays.asList(lines))));
    }

    private static List<String> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).toList();
    }
}

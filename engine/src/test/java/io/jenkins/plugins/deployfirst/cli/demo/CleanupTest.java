package io.jenkins.plugins.deployfirst.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private final List<String> warnings = new ArrayList<>();
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final Cleanup cleanup = new Cleanup(warnings::add);

    @Test
    void theLastPartIsClearedAwayFirst() {
        cleanup.add("one", () -> closed.add("one"));
        cleanup.add("two", () -> closed.add("two"));

        cleanup.close();
        cleanup.close();

        assertThat(closed).containsExactly("two", "one");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatCannotBeClearedAwayIsNamedAndStopsNothingElse() {
        cleanup.add("one", () -> closed.add("one"));
        cleanup.add("the containers", () -> {
            throw new IOException("no daemon");
        });

        assertThatThrownBy(cleanup::close)
                .isInstanceOf(DeployFirstException.class)
                .hasMessage("demo: could not clear away the containers (no daemon)."
                        + " Look at it, and remove it by hand.");

        assertThat(closed).containsExactly("one");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void anInterruptedThreadClearsAwayAllTheSameAndStaysInterrupted() {
        cleanup.add("one", () -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            closed.add("one");
        });
        Thread.currentThread().interrupt();

        cleanup.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).containsExactly("one");
    }
}

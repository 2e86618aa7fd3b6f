package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the same complaint is said. */
class ComplaintsTest {
    private final AtomicLong minutes = new AtomicLong(100);
    private final Complaints complaints = new Complaints(3, () -> TimeUnit.MINUTES.toNanos(minutes.get()));

    @Test
    void theSameIsSaidOnceAnHourAndThenHowOftenItWasNot() {
        assertThat(complaints.next("a")).hasValue(0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(complaints.next("a")).isEmpty();
        }
        assertThat(complaints.next("b")).hasValue(0);

        minutes.addAndGet(60);

        assertThat(complaints.next("a")).hasValue(10_000);
        assertThat(complaints.next("a")).isEmpty();
    }

    @Test
    void theOldestIsForgotten() {
        for (String complaint : new String[] {"a", "b", "c", "d"}) {
            assertThat(complaints.next(complaint)).hasValue(0);
        }

        assertThat(complaints.next("d")).isEmpty();
        assertThat(complaints.next("a")).hasValue(0);
    }
}

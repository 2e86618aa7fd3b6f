package io.jenkins.plugins.deployfirst.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshTokenTest {
    private final AtomicLong seconds = new AtomicLong(100);
    private final List<String> asked = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final FreshToken token = new FreshToken("first", () -> TimeUnit.SECONDS.toNanos(seconds.get()), later::add);

    @Test
    void itIsLookedUpAnewAtMostOnceAMinute() {
        token.add(source("second"));

        assertThat(token.get()).contains("first");
        seconds.addAndGet(60);
        assertThat(token.get()).contains("first");
        assertThat(later).isEmpty();
        seconds.addAndGet(1);
        token.get();
        lookUp();
        assertThat(token.get()).contains("second");
        seconds.addAndGet(60);
        assertThat(token.get()).contains("second");
        assertThat(later).isEmpty();
        seconds.addAndGet(1);
        token.get();
        lookUp();
        assertThat(asked).containsExactly("second", "second");
    }

    @Test
    void whoeverReadsGoesOnWithTheOneBeforeWhileItIsLookedUp() {
        token.add(source("second"));
        seconds.addAndGet(61);

        assertThat(token.get()).contains("first");
        assertThat(token.get()).contains("first");

        assertThat(later).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void anOldOneIsNotUsedAnyMore() {
        token.add(source("second"));
        seconds.addAndGet(301);

        assertThat(token.get()).contains("second");
    }

    @Test
    void whoeverCanStillLookItUpIsEnough() {
        token.add(FreshTokenTest::gone);
        token.add(source("of another"));
        seconds.addAndGet(301);

        assertThat(token.get()).contains("of another");
    }

    @Test
    void itStaysWhenNobodyCanLookItUp() {
        token.add(FreshTokenTest::gone);
        seconds.addAndGet(301);

        assertThat(token.get()).contains("first");
    }

    @Test
    void anEmptyOneIsNone() {
        token.add(source(""));
        seconds.addAndGet(301);

        assertThat(token.get()).isEmpty();
    }

    @Test
    void nobodyIsLeftAfterTheLast() {
        Callable<String> one = source("one");
        Callable<String> other = source("other");
        token.add(one);
        token.add(other);

        assertThat(token.remove(one)).isFalse();
        assertThat(token.remove(one)).isFalse();
        assertThat(token.remove(other)).isTrue();
    }

    private void lookUp() {
        later.forEach(Runnable::run);
        later.clear();
    }

    private Callable<String> source(String answer) {
        return () -> {
            asked.add(answer);
            return answer;
        };
    }

    private static String gone() {
        throw new IllegalStateException("the build was deleted");
    }
}

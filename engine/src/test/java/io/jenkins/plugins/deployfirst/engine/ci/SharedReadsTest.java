package io.jenkins.plugins.deployfirst.engine.ci;

import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.answering;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.checks;
import static io.jenkins.plugins.deployfirst.engine.ci.ScriptedCi.failing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many watches of one commit cost one read. */
class SharedReadsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void aReadUnderWayIsShared() {
        CompletableFuture<CiSnapshot> answer = new CompletableFuture<>();
        ScriptedCi server = answering(() -> answer);
        SharedReads shared = new SharedReads(server, Duration.ZERO);

        CompletableFuture<CiSnapshot> one = shared.read("a");
        CompletableFuture<CiSnapshot> two = shared.read("a");
        answer.complete(ScriptedCi.snapshot("build=ok"));

        assertThat(one.join()).isSameAs(two.join());
        assertThat(server.reads()).isEqualTo(1);
    }

    @Test
    void otherCommitsAreReadForThemselves() {
        ScriptedCi server = answering(CompletableFuture::new);
        SharedReads shared = new SharedReads(server, LONG);

        shared.read("a");
        shared.read("b");

        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void aReadThatJustEndedIsUsedAgain() {
        ScriptedCi server = answering(checks("build=ok"));
        SharedReads shared = new SharedReads(server, LONG);

        assertThat(shared.read("a").join()).isSameAs(shared.read("a").join());
        assertThat(server.reads()).isEqualTo(1);
    }

    @Test
    void anOldReadIsNot() {
        ScriptedCi server = answering(checks("build=ok"));
        SharedReads shared = new SharedReads(server, Duration.ofMillis(1));

        shared.read("a");

        Awaitility.await().untilAsserted(() -> {
            shared.read("a");
            assertThat(server.reads()).isGreaterThan(1);
        });
    }

    @Test
    void watchesOfAnotherPaceShareTheReadsOfTheDensest() {
        ScriptedCi server = answering(checks("build=ok"));
        SharedReads dense = new SharedReads(server, Duration.ofNanos(1));
        SharedReads seldom = dense.reusing(LONG);

        CiSnapshot first = dense.read("a").join();

        assertThat(seldom.read("a").join()).isSameAs(first);
        assertThat(dense.read("a").join()).isNotSameAs(first);
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void withoutReuseEveryReadIsNew() {
        ScriptedCi server = answering(checks("build=ok"));
        SharedReads shared = new SharedReads(server, Duration.ZERO);

        shared.read("a");
        shared.read("a");

        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void anEventMakesTheNextReadNewEvenWhileOneIsUnderWay() {
        CompletableFuture<CiSnapshot> before = new CompletableFuture<>();
        ScriptedCi server = answering(() -> before, checks("build=bad"));
        SharedReads shared = new SharedReads(server, LONG);
        CompletableFuture<CiSnapshot> old = shared.read("a");

        long event = System.nanoTime();
        CompletableFuture<CiSnapshot> fresh = shared.readSince("a", event);
        before.complete(ScriptedCi.snapshot("build=run"));

        assertThat(fresh.join()).isEqualTo(ScriptedCi.snapshot("build=bad"));
        assertThat(old.join()).isEqualTo(ScriptedCi.snapshot("build=run"));
        assertThat(shared.read("a").join()).isSameAs(fresh.join());
    }

    @Test
    void watchesThatHearOfTheSameEventShareItsRead() {
        ScriptedCi server = answering(checks("build=run"), checks("build=bad"));
        SharedReads shared = new SharedReads(server, LONG);
        shared.read("a");

        long event = System.nanoTime();

        assertThat(shared.readSince("a", event).join())
                .isSameAs(shared.readSince("a", event).join());
        assertThat(server.reads()).isEqualTo(2);
    }

    @Test
    void whoCancelsCancelsForNobodyElse() {
        CompletableFuture<CiSnapshot> answer = new CompletableFuture<>();
        SharedReads shared = new SharedReads(answering(() -> answer), LONG);
        CompletableFuture<CiSnapshot> impatient = shared.read("a");
        CompletableFuture<CiSnapshot> patient = shared.read("a");

        impatient.cancel(true);
        answer.complete(ScriptedCi.snapshot("build=ok"));

        assertThat(patient).isCompleted();
    }

    @Test
    void failuresAreSharedToo() {
        ScriptedCi server = answering(failing(CiReadException.permanent("no")));
        SharedReads shared = new SharedReads(server, LONG);

        assertThat(shared.read("a")).isCompletedExceptionally();
        assertThat(shared.read("a")).isCompletedExceptionally();
        assertThat(server.reads()).isEqualTo(1);
    }

    @Test
    void aFailureIsSharedForSecondsHoweverLongAnAnswerIs() {
        ScriptedCi server =
                answering(failing(CiReadException.passing("down", Duration.ZERO, null)), checks("build=bad"));
        SharedReads shared = new SharedReads(server, LONG);
        assertThat(shared.read("a")).isCompletedExceptionally();

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(shared.read("a")).isCompletedWithValue(ScriptedCi.snapshot("build=bad")));
    }
}

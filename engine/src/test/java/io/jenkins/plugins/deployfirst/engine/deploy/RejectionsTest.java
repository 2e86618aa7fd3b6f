package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.state.Journal;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told of a release that was taken back, by refusals and messages. */
class RejectionsTest implements Progress {
    private static final Release RELEASE = new Release("a".repeat(40), "Ada", "Add a door");
    private static final String ROLLBACK =
            "{\"time\":\"2026-03-04T05:06:07Z\",\"event\":\"rollback.started\",\"rejected\":\"" + RELEASE.sha()
                    + "\",\"cause\":\"%s\",\"reason\":\"%s\",\"ci\":\"%s\"}\n";

    private final List<String> warnings = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aReleaseThatWasTakenBackIsRefusedWithReasonAndLink() {
        assertRefused(ROLLBACK.formatted("ci", "CI failed: build (failure).", "https://ci.example.com/1"))
                .hasMessage("sha: " + RELEASE.sha() + " was rolled back on preprod at 2026-03-04T05:06:07Z: CI failed:"
                        + " build (failure). CI: https://ci.example.com/1 . Push a commit that mends it, or set"
                        + " redeployRejected to deploy it all the same.");
    }

    @Test
    void aReasonWithoutFullStopEndsBeforeTheRemedy() {
        assertRefused(ROLLBACK.formatted("health", "not healthy: HTTP 503", ""))
                .hasMessageEndingWith(": not healthy: HTTP 503. Push a commit that mends it, or set redeployRejected to"
                        + " deploy it all the same.");
    }

    @Test
    void aReleaseThatWasNeverTakenBackIsNotRefused() {
        assertThatCode(() -> refuse("")).doesNotThrowAnyException();
        assertThatCode(() ->
                        refuse(ROLLBACK.replace(RELEASE.sha(), "b".repeat(40)).formatted("ci", "x", "")))
                .doesNotThrowAnyException();
    }

    @Test
    void aNotifierThatFailsAtOnceOrLaterIsToldAndChangesNothingElse() {
        List<Message> sent = new ArrayList<>();
        FlowContext context = context(
                message -> {
                    throw new IllegalStateException("no network");
                },
                message -> CompletableFuture.failedFuture(new IllegalStateException("HTTP 500")),
                message -> {
                    sent.add(message);
                    return CompletableFuture.completedFuture(null);
                });

        new Messages(HostProblemTest.ENVIRONMENT, context)
                .rolledBack(RELEASE, Release.of("b".repeat(40)), "CI failed: build (failure).", List.of());

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).isEqualTo("A notification was not delivered: no network");
        assertThat(warnings.get(1))
                .startsWith("A notification was not delivered: ")
                .contains("HTTP 500");
        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(message.headline())
                    .isEqualTo("preprod was taken back from aaaaaaa to bbbbbbb: CI failed: build (failure).");
            assertThat(message.next()).isEqualTo("aaaaaaa is refused until its CI succeeds.");
            assertThat(message.links()).extracting(Message.Link::url).containsExactly("https://ci.example.com/42");
        });
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String journal) {
        return assertThatThrownBy(() -> refuse(journal))
                .isInstanceOfSatisfying(
                        DeployFirstException.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED));
    }

    private void refuse(String journal) throws InterruptedException {
        new Rejections(HostProblemTest.ENVIRONMENT, context()).refuse(RELEASE, Journal.of("", "", "", journal));
    }

    private FlowContext context(Notifier... notifiers) {
        return new FlowContext(
                this,
                Optional.empty(),
                List.of(notifiers),
                HttpClient.newHttpClient(),
                "ada",
                "https://ci.example.com/42",
                timer,
                Runnable::run);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }
}

package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.notify.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Message MESSAGE =
            new Message(Message.Kind.DEPLOYED, "preprod", "", "", "", "deployed", "", "", List.of());

    private final CompletableFuture<Void> delivery = new CompletableFuture<>();

    @Test
    void theProcessWaitsForAMessageOnItsWay() {
        Outbox outbox = new Outbox(Duration.ofSeconds(50));
        outbox.remembering(message -> delivery).send(MESSAGE);
        delivery.completeOnTimeout(null, 50, TimeUnit.MILLISECONDS);

        assertThat(outbox.flush()).isTrue();
        assertThat(delivery).isDone();
    }

    @Test
    void aMessageThatCouldNotBeDeliveredIsNotWaitedFor() {
        Outbox outbox = new Outbox(Duration.ofSeconds(50));
        outbox.remembering(message -> delivery).send(MESSAGE);
        delivery.completeExceptionally(new IllegalStateException("Discord is down"));

        assertThat(outbox.flush()).isTrue();
    }

    @Test
    void patienceEnds() {
        Outbox outbox = new Outbox(Duration.ofMillis(50));
        outbox.remembering(message -> delivery).send(MESSAGE);

        assertThat(outbox.flush()).isFalse();
    }

    @Test
    void anEmptyOutboxCostsNoTime() {
        assertThat(new Outbox(Duration.ZERO).flush()).isTrue();
    }
}

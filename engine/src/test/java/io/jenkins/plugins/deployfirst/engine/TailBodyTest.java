package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a long body. */
class TailBodyTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "ab, ab",
        "ab|cdef, abcdef",
        "ab|cdefgh, abcdefgh",
        "ab|cdefgh|i, bcdefghi",
        "abcdefghijklmnopqrstuvwxyz, stuvwxyz",
        "abcdefghijklm|no|pqrstuvwxyz|0123, wxyz0123",
    })
    void itsEndIsKept(String chunks, String end) {
        assertThat(read(1000, chunks.split("\\|"))).contains(end);
        assertThat(cancelled).isFalse();
    }

    @Test
    void aBodyThatIsTooLongIsGivenUp() {
        assertThat(read(10, "abcdefgh", "ijk")).isEmpty();
        assertThat(cancelled).isTrue();
    }

    private Optional<String> read(long most, String... chunks) {
        BodySubscriber<Optional<String>> body = TailBody.of(8, most).apply(null);
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        for (String chunk : chunks) {
            body.onNext(List.of(ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8))));
        }
        body.onComplete();
        return body.getBody().toCompletableFuture().join();
    }
}

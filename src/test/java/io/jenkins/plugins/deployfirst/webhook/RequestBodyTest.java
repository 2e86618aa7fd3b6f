package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.webhook.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The bounds within which a body is read. */
class RequestBodyTest {
    private final AtomicLong seconds = new AtomicLong();

    /** A body that never ends, and brings a byte a second. */
    private final class Drip extends InputStream {
        @Override
        public int read() {
            seconds.incrementAndGet();
            return '{';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
        }
    }

    @Test
    void oneMebibyteIsTaken() throws Exception {
        byte[] body = new byte[Delivery.MAX_BODY];

        assertThat(read(new ByteArrayInputStream(body), body.length)).isEqualTo(body);
        assertThat(read(new ByteArrayInputStream(body), -1)).hasSize(body.length);
    }

    @Test
    void aByteMoreIsNotWhateverItClaims() {
        byte[] body = new byte[Delivery.MAX_BODY + 1];

        for (long declared : new long[] {body.length, -1, 7}) {
            assertRefused(new ByteArrayInputStream(body), declared, 413, "The payload is over 1 MiB.");
        }
    }

    @Test
    void whatClaimsToBeTooLongIsNotEvenRead() {
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };

        assertRefused(unread, Delivery.MAX_BODY + 1L, 413, "The payload is over 1 MiB.");
    }

    @Test
    void whatDripsIsGivenUp() {
        assertRefused(new Drip(), -1, 408, "The payload did not arrive within 10 s.");
        assertThat(seconds.get()).isEqualTo(11);
    }

    @Test
    void whatBreaksOffIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }
        };

        assertRefused(broken, 100, 400, "The payload did not arrive in full.");
    }

    private void assertRefused(InputStream in, long declared, int status, String reason) {
        assertThatThrownBy(() -> read(in, declared))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage(reason);
    }

    private byte[] read(InputStream in, long declared) throws RefusedException {
        return RequestBody.read(in, declared, () -> TimeUnit.SECONDS.toNanos(seconds.get()));
    }
}

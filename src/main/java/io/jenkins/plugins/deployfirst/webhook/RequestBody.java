package io.jenkins.plugins.deployfirst.webhook;

import io.jenkins.plugins.deployfirst.engine.webhook.Delivery;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The body of a request that anybody may have sent: read within bounds of length and of time. */
final class RequestBody {
    /** How long a body may take to arrive: as long as GitHub waits for the whole answer. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int CHUNK = 16 * 1024;

    private RequestBody() {}

    /**
     * Reads it.
     *
     * @param declared how long it claims to be; negative: it does not say
     * @param nanoTime counts as {@link System#nanoTime} does
     * @throws RefusedException when it is too long (413), too slow (408) or ends too early (400)
     */
    static byte[] read(InputStream in, long declared, LongSupplier nanoTime) throws RefusedException {
        if (declared > Delivery.MAX_BODY) {
            throw tooLong();
        }
        long began = nanoTime.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                body.write(chunk, 0, count);
                if (body.size() > Delivery.MAX_BODY) {
                    throw tooLong();
                }
                if (nanoTime.getAsLong() - began > LONGEST.toNanos()) {
                    throw new RefusedException(
                            HttpServletResponse.SC_REQUEST_TIMEOUT,
                            "The payload did not arrive within " + LONGEST.toSeconds() + " s.");
                }
            }
        } catch (IOException e) {
            throw new RefusedException(HttpServletResponse.SC_BAD_REQUEST, "The payload did not arrive in full.");
        }
        return body.toByteArray();
    }

    private static RefusedException tooLong() {
        return new RefusedException(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "The payload is over " + Delivery.MAX_BODY / 1024 / 1024 + " MiB.");
    }
}

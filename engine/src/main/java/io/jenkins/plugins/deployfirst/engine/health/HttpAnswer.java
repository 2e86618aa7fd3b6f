package io.jenkins.plugins.deployfirst.engine.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server answered to one request.
 *
 * @param status such as 200
 * @param location where a redirect leads, as it was sent
 * @param body as text, at most {@link #BODY_LIMIT} bytes of it
 * @param truncated whether there was more body
 * @param certificateEnd until when the server's TLS certificate is valid; empty without TLS
 */
record HttpAnswer(
        int status, Optional<String> location, String body, boolean truncated, Optional<Instant> certificateEnd) {
    /** How much of a body is read, in bytes: 1 MiB. */
    static final int BODY_LIMIT = 1 << 20;

    /** Returns whether it sends the asker elsewhere, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.4">RFC 9110</a>. */
    boolean isRedirect() {
        return location.isPresent()
                && switch (status) {
                    case 301, 302, 303, 307, 308 -> true;
                    default -> false;
                };
    }
}

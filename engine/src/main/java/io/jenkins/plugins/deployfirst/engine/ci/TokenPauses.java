package io.jenkins.plugins.deployfirst.engine.ci;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Until when the tokens of a server are out of requests. Servers count by token, whichever repository it reads; without
 * one, by address. GitHub may ban who goes on asking.
 */
final class TokenPauses {
    private final Map<Optional<String>, Long> untilNanos = new ConcurrentHashMap<>();

    /** Has everybody wait who asks with this token. */
    void pause(Optional<String> token, Duration time) {
        long now = System.nanoTime();
        untilNanos.values().removeIf(until -> until - now <= 0);
        untilNanos.put(token, now + time.toNanos());
    }

    /** Returns how long that is from now; zero when there is nothing to wait for. */
    Duration left(Optional<String> token) {
        Long until = untilNanos.get(token);
        long left = until == null ? 0 : until - System.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads from an answer how long to wait before asking again.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit">GitHub's
 *     rules</a>
 * @see <a href="https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers">GitLab's
 *     headers</a>
 */
final class RateLimit {
    private static final Duration WHEN_UNSAID = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    // The window of GitHub's primary limit; a wrong header must not silence a watch for longer.
    private static final Duration LONGEST = Duration.ofHours(1);

    private RateLimit() {}

    /** Returns whether a refusal is about too many requests rather than a missing permission. */
    static boolean applies(int status, HttpHeaders headers, String message) {
        return status == 429
                || status == 403
                        && (headers.firstValue("Retry-After").isPresent()
                                || isUsedUp(headers)
                                || message.toLowerCase(Locale.ROOT).contains("rate limit"));
    }

    /** Returns how long to wait after such a refusal: 1 s to 1 h. */
    static Duration pause(HttpHeaders headers) {
        Duration asked = retryAfter(headers);
        if (!asked.isZero()) {
            return asked;
        }
        return isUsedUp(headers) ? bounded(untilReset(headers).orElse(WHEN_UNSAID)) : WHEN_UNSAID;
    }

    /** Returns what {@code Retry-After} asks for (seconds or a date), at most 1 h; zero when it says nothing. */
    static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .flatMap(value -> number(value)
                        .map(Duration::ofSeconds)
                        .or(() -> date(value).map(date -> Duration.between(now(headers), date))))
                .map(RateLimit::bounded)
                .orElse(Duration.ZERO);
    }

    private static boolean isUsedUp(HttpHeaders headers) {
        return first(headers, "X-RateLimit-Remaining", "RateLimit-Remaining")
                .filter("0"::equals)
                .isPresent();
    }

    private static Optional<Duration> untilReset(HttpHeaders headers) {
        return first(headers, "X-RateLimit-Reset", "RateLimit-Reset")
                .flatMap(RateLimit::number)
                .map(Instant::ofEpochSecond)
                .map(reset -> Duration.between(now(headers), reset));
    }

    /** GitHub's name of a header, or GitLab's. */
    private static Optional<String> first(HttpHeaders headers, String gitHub, String gitLab) {
        return headers.firstValue(gitHub).or(() -> headers.firstValue(gitLab));
    }

    /** The server's clock where it tells it: the two need not agree. */
    private static Instant now(HttpHeaders headers) {
        return headers.firstValue("Date").flatMap(RateLimit::date).orElseGet(Instant::now);
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,11}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

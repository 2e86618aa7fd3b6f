package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long each answer asks to wait. */
class RateLimitTest {
    private static final String SERVER_TIME = "Mon, 01 Jan 2001 00:00:00 GMT"; // 978307200 s after the epoch

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5                             | - | -          | 5
            0                             | - | -          | 1
            86400                         | - | -          | 3600
            Mon, 01 Jan 2001 00:00:20 GMT | - | -          | 20
            Sun, 31 Dec 2000 00:00:00 GMT | - | -          | 1
            soon                          | - | -          | 60
            -5                            | - | -          | 60
            -                             | - | -          | 60
            -                             | 0 | 978307230  | 30
            -                             | 0 | 978307100  | 1
            -                             | 0 | 978399999  | 3600
            -                             | 0 | 99999999999 | 3600
            -                             | 0 | 999999999999999999999 | 60
            -                             | 0 | -          | 60
            -                             | 9 | 978307230  | 60
            7                             | 0 | 978307230  | 7
            """)
    void theWaitIsWhatTheHeadersSayWithinBounds(String retryAfter, String remaining, String reset, long seconds) {
        assertThat(RateLimit.pause(headers(retryAfter, remaining, reset))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            429 | - | - |                                        | true
            403 | 5 | - |                                        | true
            403 | - | 0 |                                        | true
            403 | - | - | You have exceeded a Secondary Rate Limit | true
            403 | - | 9 | Resource not accessible by integration | false
            401 | 5 | 0 | Bad credentials                        | false
            500 | 5 | 0 |                                        | false
            """)
    void aRefusalForTooManyRequestsIsToldFromAMissingPermission(
            int status, String retryAfter, String remaining, String message, boolean expected) {
        assertThat(RateLimit.applies(status, headers(retryAfter, remaining, null), message == null ? "" : message))
                .isEqualTo(expected);
    }

    private static HttpHeaders headers(String retryAfter, String remaining, String reset) {
        Map<String, List<String>> headers = new TreeMap<>();
        headers.put("Date", List.of(SERVER_TIME));
        if (retryAfter != null) {
            headers.put("Retry-After", List.of(retryAfter));
        }
        if (remaining != null) {
            headers.put("X-RateLimit-Remaining", List.of(remaining));
        }
        if (reset != null) {
            headers.put("X-RateLimit-Reset", List.of(reset));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}

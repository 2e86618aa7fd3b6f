package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.BoundedBody;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Knows what it means when a CI server refuses: ask again, wait, or tell a person what to change. */
final class Refusals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> PASSING = Set.of(408, 425);

    private final String server;
    private final Dialect dialect;

    Refusals(String server, Dialect dialect) {
        this.server = server;
        this.dialect = dialect;
    }

    /**
     * What a refusal comes to.
     *
     * @param failure what the reader is told
     * @param pause how long nobody with this token is to ask; zero: no such limit
     */
    record Refusal(CiReadException failure, Duration pause) {}

    /**
     * Explains an answer that is no document.
     *
     * @param secret is never part of the message
     * @param permission what the token must have for this
     */
    Refusal of(HttpResponse<BoundedBody> response, Optional<String> secret, String permission) {
        int status = response.statusCode();
        HttpHeaders headers = response.headers();
        String said = message(response, secret);
        String problem = server + " answered " + status + (said.isEmpty() ? "." : " (" + said + ").");
        if (RateLimit.applies(status, headers, said)) {
            Duration wait = RateLimit.pause(headers);
            String limit = server + " answered " + status + ": the limit of its requests is used up."
                    + (secret.isPresent() ? "" : dialect.withoutToken());
            return new Refusal(CiReadException.passing(limit, wait, null), wait);
        }
        CiReadException failure = status >= 400 && status < 500 && !PASSING.contains(status)
                ? CiReadException.permanent(problem + remedy(status, said, secret.isPresent(), permission, headers))
                : CiReadException.passing(problem, RateLimit.retryAfter(headers), null);
        return new Refusal(failure, Duration.ZERO);
    }

    private String remedy(int status, String said, boolean hasToken, String permission, HttpHeaders headers) {
        boolean noCommit = status == 422 || status == 404 && said.contains("Commit Not Found");
        if (noCommit) {
            return " The commit is not in this " + dialect.repository() + ": push it, or correct the "
                    + dialect.repository() + "'s name.";
        }
        return switch (status) {
            case 401 ->
                hasToken
                        ? " The token is wrong or has expired: renew it."
                        : " It wants a token: give one with " + permission + ".";
            case 403 ->
                headers.firstValue("X-GitHub-SSO").isPresent()
                        ? " The organization wants the token authorized for single sign-on: do so in its owner's settings."
                        : " Give a token with " + permission + ".";
            case 404 ->
                " Check the " + dialect.repository() + "'s name, and that the token may see it: it needs " + permission
                        + ".";
            default -> " Check " + dialect.apiUrl() + " and " + dialect.repositorySetting() + ".";
        };
    }

    /** Returns what the server says about a refusal; nothing when the answer is not its own. */
    private static String message(HttpResponse<BoundedBody> response, Optional<String> secret) {
        try {
            JsonNode answer = JSON.readTree(response.body().text(StandardCharsets.UTF_8));
            String said = answer.path("message").asText(answer.path("error").asText(""));
            return OneLine.of(withoutSecret(said, secret), 200);
        } catch (IOException e) {
            return "";
        }
    }

    static String withoutSecret(String text, Optional<String> secret) {
        return secret.map(value -> text.replace(value, "****")).orElse(text);
    }
}

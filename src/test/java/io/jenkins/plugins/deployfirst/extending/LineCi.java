package io.jenkins.plugins.deployfirst.extending;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.CiReadException;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A CI server that tells a commit's checks as lines of text: a state, a blank, and a name. */
record LineCi(HttpClient http, String url, Supplier<Optional<String>> token) implements CiServer {
    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + "/" + sha)).timeout(Duration.ofSeconds(20));
        token.get().ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(this::snapshot);
    }

    private CiSnapshot snapshot(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> new CiSnapshot(response.body().lines().map(this::check).toList(), false);
            // Nobody is helped by asking again.
            case 401, 403, 404 ->
                throw CiReadException.permanent(
                        describe() + " answered " + response.statusCode() + ". Check ci.line.url and its credential.");
            default ->
                throw CiReadException.passing(
                        describe() + " answered " + response.statusCode() + ".", Duration.ZERO, null);
        };
    }

    private Check check(String line) {
        String word = line.substring(0, line.indexOf(' '));
        String name = line.substring(word.length() + 1);
        State state =
                switch (word) {
                    case "passed" -> State.SUCCEEDED;
                    case "failed" -> State.FAILED;
                    // Also what this reader does not know.
                    default -> State.PENDING;
                };
        return new Check("line/" + name, name, state, word, url + "/log/" + name);
    }

    @Override
    public String describe() {
        return "Line CI at " + url;
    }

    @Override
    public String pageOf(String sha) {
        return url + "/" + sha;
    }
}

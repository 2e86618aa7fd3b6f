package io.jenkins.plugins.deployfirst.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Json;
import io.jenkins.plugins.deployfirst.engine.webhook.Deliveries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A GitHub that says of each commit's checks what it is told to say. */
public final class GitHubChecks implements AutoCloseable {
    /** The repository that it knows. */
    public static final String REPOSITORY = "owner/shop";

    private static final HttpClient SENDER = HttpClient.newHttpClient();

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private GitHubChecks() {}

    public static GitHubChecks start() {
        GitHubChecks gitHub = new GitHubChecks();
        gitHub.server.start();
        return gitHub;
    }

    public String url() {
        return server.baseUrl();
    }

    /** Forgets every commit and every request. */
    public void startAnew() {
        server.resetAll();
    }

    /** No check of the commit has appeared. */
    public void none(String sha) {
        none(sha, "Say something");
    }

    /** No check of the commit has appeared, and its message is this. */
    public void none(String sha, String message) {
        answer(sha, message, List.of());
    }

    public void pending(String sha, String check) {
        answer(sha, check, "in_progress", "");
    }

    public void succeeded(String sha, String check) {
        answer(sha, check, "completed", "success");
    }

    public void failed(String sha, String check) {
        answer(sha, check, "completed", "failure");
    }

    /** Lets the token see the repository, and the checks of its default branch. */
    public void showRepository(String branch) {
        server.stubFor(get(urlPathEqualTo("/repos/" + REPOSITORY))
                .willReturn(okJson(Json.write(Map.of("default_branch", branch)))));
        none(branch);
    }

    /** Returns the page of a check, as the answers name it. */
    public String page(String check) {
        return "https://github.com/" + REPOSITORY + "/runs/" + check.replace(' ', '-');
    }

    /** Returns how often a commit's checks were read. */
    public int reads(String sha) {
        return server.findAll(getRequestedFor(urlPathEqualTo(path(sha) + "/check-runs")))
                .size();
    }

    /** Returns the token of each read of a commit's checks, in order. */
    public List<String> tokens(String sha) {
        return server.findAll(getRequestedFor(urlPathEqualTo(path(sha) + "/check-runs"))).stream()
                .map(request -> request.getHeader("Authorization").replace("Bearer ", ""))
                .toList();
    }

    /** Tells a Jenkins by a signed webhook that a check of the commit failed; it must take it. */
    public void sendFailure(URL jenkins, String sha, String secret) {
        byte[] body = ("{\"sha\": \"" + sha + "\", \"state\": \"failure\", \"context\": \"build\", \"repository\":"
                        + " {\"full_name\": \"" + REPOSITORY + "\"}, \"id\": " + System.nanoTime() + "}")
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins + "deploy-first-webhook/"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "status")
                .header("X-Hub-Signature-256", "sha256=" + Deliveries.mac(secret, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            assertThat(SENDER.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String sha, String check, String status, String conclusion) {
        Map<String, Object> run = Map.of(
                "id",
                1,
                "name",
                check,
                "external_id",
                check,
                "html_url",
                page(check),
                "status",
                status,
                "conclusion",
                conclusion,
                "app",
                Map.of("slug", "github-actions"),
                "check_suite",
                Map.of("id", 5));
        answer(sha, "Say something", List.of(run));
    }

    private void answer(String sha, String message, List<?> runs) {
        list(sha, "check-suites", "check_suites", List.of());
        list(sha, "status", "statuses", List.of());
        Map<String, Object> commit = Map.of("commit", Map.of("message", message));
        server.stubFor(get(urlPathEqualTo(path(sha))).willReturn(okJson(Json.write(commit))));
        list(sha, "check-runs", "check_runs", runs);
    }

    private void list(String sha, String name, String field, List<?> entries) {
        Map<String, Object> page = Map.of("total_count", entries.size(), field, entries);
        server.stubFor(get(urlPathEqualTo(path(sha) + "/" + name)).willReturn(okJson(Json.write(page))));
    }

    private static String path(String sha) {
        return "/repos/" + REPOSITORY + "/commits/" + sha;
    }

    @Override
    public void close() {
        server.stop();
    }
}

package io.jenkins.plugins.deployfirst.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small CI server on loopback that speaks as GitHub does, and runs what the story tells it to. */
final class DemoCi implements AutoCloseable {
    static final String REPOSITORY = "ada/shop";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/repos/" + REPOSITORY;
    private static final String BRANCH = "main";
    private static final Pattern LIST =
            Pattern.compile(ROOT + "/commits/([0-9a-f]{40,64})/(check-runs|status|check-suites)");

    /** What is asked of the default branch before any commit is watched; nothing has run there. */
    private static final Pattern EMPTY = Pattern.compile(ROOT + "/commits/" + BRANCH + "/(check-runs|status)");

    private static final Pattern LOG = Pattern.compile("/" + REPOSITORY + "/runs/(\\d+)");

    private final Map<String, CiRun> runs = new ConcurrentHashMap<>();
    private final Map<String, Runnable> planned = new ConcurrentHashMap<>();
    private final HttpServer server;

    private DemoCi(HttpServer server) {
        this.server = server;
    }

    static DemoCi start() {
        try {
            DemoCi ci = new DemoCi(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
            ci.server.createContext("/", ci::answer);
            ci.server.start();
            return ci;
        } catch (IOException e) {
            throw Places.failure("cannot start the CI server", e);
        }
    }

    /** Returns the address that stands for {@code https://api.github.com}. */
    String apiUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A commit was pushed: its checks are queued, and begin a moment later. */
    void begin(String sha) {
        runs.put(sha, CiRun.queued(sha, apiUrl() + "/" + REPOSITORY, runs.size() + 1));
    }

    /** A commit was pushed: its checks begin when someone asks for them, and end a while after. */
    void beginWhenAsked(String sha, Duration after, boolean success) {
        planned.put(sha, () -> {
            begin(sha);
            end(sha, after, success);
        });
    }

    /** Has a commit's checks end after a while. */
    void end(String sha, Duration after, boolean success) {
        runs.computeIfPresent(sha, (name, run) -> run.ending(after, success));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<CiRun> log = logOf(path);
            if (log.isPresent()) {
                send(exchange, 200, "text/plain; charset=utf-8", log.get().log());
                return;
            }
            Optional<JsonNode> list = repository(path).or(() -> list(path));
            String body = JSON.writeValueAsString(
                    list.orElseGet(() -> JSON.createObjectNode().put("message", "Not Found")));
            send(exchange, list.isPresent() ? 200 : 404, "application/json; charset=utf-8", body);
        }
    }

    private static Optional<JsonNode> repository(String path) {
        if (path.equals(ROOT)) {
            return Optional.of(
                    JSON.createObjectNode().put("full_name", REPOSITORY).put("default_branch", BRANCH));
        }
        Matcher matcher = EMPTY.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ObjectNode list = JSON.createObjectNode().put("total_count", 0);
        list.putArray(matcher.group(1).equals("status") ? "statuses" : "check_runs");
        return Optional.of(list);
    }

    private Optional<JsonNode> list(String path) {
        Matcher matcher = LIST.matcher(path);
        if (matcher.matches()) {
            Optional.ofNullable(planned.remove(matcher.group(1))).ifPresent(Runnable::run);
        }
        return matcher.matches()
                ? Optional.ofNullable(runs.get(matcher.group(1))).map(run -> switch (matcher.group(2)) {
                    case "check-runs" -> run.checkRuns();
                    case "status" -> run.statuses();
                    default -> run.suites();
                })
                : Optional.empty();
    }

    private Optional<CiRun> logOf(String path) {
        Matcher matcher = LOG.matcher(path);
        return matcher.matches()
                ? runs.values().stream()
                        .filter(run -> run.has(matcher.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

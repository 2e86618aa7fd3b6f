package io.jenkins.plugins.deployfirst.engine.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A CI server in a process of its own that speaks as GitHub does of thousands of commits: each has one check, which is in
 * progress until it is told to end.
 */
public final class ManyCommits implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final String url;

    /** How many requests there were, and how many of them were answered 304. */
    public record Counters(long requests, long unchanged) {}

    private ManyCommits(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on a port of loopback. */
    public static ManyCommits start() {
        try {
            Path classes = Path.of(ManyCommits.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process process = new ProcessBuilder(
                            java.toString(), "-cp", classes.toString(), ManyCommits.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return new ManyCommits(process, "http://127.0.0.1:" + out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return url;
    }

    /** Lets every check succeed, unless it has failed already. */
    public void succeedAll() {
        ask("/succeed");
    }

    /** Lets the check of a commit fail. */
    public void fail(String sha) {
        ask("/fail/" + sha);
    }

    public Counters counters() {
        String[] counters = ask("/counters").split(" ");
        return new Counters(Long.parseLong(counters[0]), Long.parseLong(counters[1]));
    }

    private String ask(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
            return CLIENT.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Is the process: prints its port, and ends with whoever started it. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newFixedThreadPool(8));
        new Answers().on(server);
        server.start();
        System.out.println(server.getAddress().getPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is said to it this way.
        }
        System.exit(0);
    }

    /** What the process answers. */
    private static final class Answers {
        private static final String APP = "\"app\":{\"slug\":\"github-actions\",\"name\":\"GitHub Actions\"}";

        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong unchanged = new AtomicLong();
        private final Set<String> failed = ConcurrentHashMap.newKeySet();
        private volatile boolean succeeded;

        void on(HttpServer server) {
            server.createContext("/repos/", this::answer);
            server.createContext("/succeed", exchange -> {
                succeeded = true;
                send(exchange, "{}");
            });
            server.createContext("/fail/", exchange -> {
                failed.add(exchange.getRequestURI().getPath().substring("/fail/".length()));
                send(exchange, "{}");
            });
            server.createContext("/counters", exchange -> send(exchange, requests + " " + unchanged));
        }

        // /repos/OWNER/NAME/commits/SHA/LIST
        private void answer(HttpExchange exchange) throws IOException {
            requests.incrementAndGet();
            String[] path = exchange.getRequestURI().getPath().split("/");
            String list = path[path.length - 1];
            String conclusion = failed.contains(path[5]) ? "failure" : succeeded ? "success" : "";
            String etag = "\"" + (list.equals("status") ? "" : conclusion) + "\"";
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                unchanged.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                exchange.close();
            } else {
                send(exchange, document(list, conclusion));
            }
        }

        private static String document(String list, String conclusion) {
            String state = conclusion.isEmpty()
                    ? "\"status\":\"in_progress\",\"conclusion\":null"
                    : "\"status\":\"completed\",\"conclusion\":\"" + conclusion + "\"";
            return switch (list) {
                case "check-runs" ->
                    "{\"total_count\":1,\"check_runs\":[{\"id\":1,\"name\":\"build\",\"external_id\":\"1\","
                            + "\"html_url\":\"https://github.com/o/n/actions/runs/1/job/1\",\"check_suite\":{\"id\":5},"
                            + state + "," + APP + "}]}";
                case "check-suites" ->
                    "{\"total_count\":1,\"check_suites\":[{\"id\":5,\"latest_check_runs_count\":1," + state + "," + APP
                            + "}]}";
                default -> "{\"total_count\":0,\"statuses\":[]}";
            };
        }

        private static void send(HttpExchange exchange, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }
}

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A CI server on loopback that speaks as GitHub does: one check per commit, in progress until it is told to end all. */
public class ScriptedGitHub {
    private static final AtomicLong REQUESTS = new AtomicLong();
    private static final AtomicLong UNCHANGED = new AtomicLong();
    private static volatile boolean ended;

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/repos/", ScriptedGitHub::answer);
        server.createContext("/end", exchange -> {
            ended = true;
            send(exchange, 200, "{}");
        });
        server.createContext("/counters", exchange -> send(exchange, 200, REQUESTS + " " + UNCHANGED));
        server.start();
        System.out.println(server.getAddress().getPort());
        System.out.flush();
        // Ends with whoever started it.
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        REQUESTS.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        boolean changes = !path.endsWith("/status");
        String etag = "\"" + (ended && changes ? 2 : 1) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            UNCHANGED.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
            return;
        }
        String state = ended
                ? "\"status\":\"completed\",\"conclusion\":\"success\""
                : "\"status\":\"in_progress\",\"conclusion\":null";
        String app = "\"app\":{\"slug\":\"github-actions\",\"name\":\"GitHub Actions\"}";
        if (path.endsWith("/check-runs")) {
            send(exchange, 200, "{\"total_count\":1,\"check_runs\":[{\"id\":1,\"name\":\"build\",\"external_id\":\"1\","
                    + "\"html_url\":\"https://github.com/o/n/actions/runs/1/job/1\",\"check_suite\":{\"id\":5}," + state
                    + "," + app + "}]}");
        } else if (path.endsWith("/check-suites")) {
            send(exchange, 200, "{\"total_count\":1,\"check_suites\":[{\"id\":5,\"latest_check_runs_count\":1," + state
                    + "," + app + "}]}");
        } else {
            send(exchange, 200, "{\"total_count\":0,\"statuses\":[]}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

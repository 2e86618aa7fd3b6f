import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvironmentFlows;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import io.jenkins.plugins.deployfirst.engine.testing.ReverseProxy;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the requests that fail while a service is updated behind a real proxy under load. */
public class RollingBench {
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 16;

    /** What answers: nginx finishes its requests when it is told to quit, busybox hangs up. */
    private static final Map<String, String> SERVERS = Map.of(
            "finishes its requests",
            """
                stop_signal: SIGQUIT
                command: ["sh", "-c", "echo $$TEXT > /www/index.html; touch /www/health; exec /usr/sbin/nginx -c /conf/app.conf"]
            """,
            "hangs up",
            """
                init: true
                command: ["sh", "-c", "echo $$TEXT > /www/index.html; touch /www/health; exec httpd -f -p 80 -h /www"]
            """);

    /** A row of the table. */
    private record Row(String proxy, String server, String way, Optional<RollingSettings> rolling) {}

    /** What wrk counted. */
    private record Count(long requests, long failed, String slowest) {}

    private final Path root;
    private final Stack stack;
    private final Environment environment;
    private final ScheduledExecutorService timer;
    private int release = 1;

    RollingBench(Path root, Stack stack, SshServer server, ScheduledExecutorService timer) {
        this.root = root;
        this.stack = stack;
        this.timer = timer;
        this.environment = stack.environment(server.settings())
                .with(new ComposeSettings(
                        List.of("docker-compose.yml"), Optional.of(stack.project()), ComposeSettings.Action.UP))
                .with(HealthSettings.NONE);
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path results = Path.of(arguments[1]);
        Path root = Files.createTempDirectory("deploy-first-bench");
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        try (Stack stack = Stack.start(root).withStateFolder();
                SshServer server = SshServer.start(root.resolve("sshd"), stack.home())) {
            new RollingBench(root, stack, server, timer).run(rounds, results);
        } finally {
            timer.shutdownNow();
            Tool.run(Path.of("/"), "rm", "-rf", root.toString());
        }
    }

    private void run(int rounds, Path results) throws Exception {
        Tool.run(root, "docker", "rm", "-f", stack.container("web"), stack.container("worker"));
        Tool.write(root.resolve("wrk.lua"), "function delay() return 10 end\n");
        Tool.write(stack.work().resolve("app.conf"), ReverseProxy.NGINX_MAIN.formatted("server { listen 80; root /www; }"));
        Optional<RollingSettings> recreate = Optional.empty();
        Optional<RollingSettings> plain = Optional.of(new RollingSettings(DRAIN, Optional.empty(), List.of("api")));
        Optional<RollingSettings> drained =
                Optional.of(new RollingSettings(DRAIN, Optional.of("rm /www/health"), List.of("api")));
        List<Row> rows = new ArrayList<>();
        for (String server : List.of("finishes its requests", "hangs up")) {
            for (String proxy : List.of("nginx", "HAProxy")) {
                rows.add(new Row(proxy, server, "recreate", recreate));
                rows.add(new Row(proxy, server, "rolling", plain));
            }
        }
        rows.add(new Row("HAProxy", "hangs up", "rolling, `drainCommand`", drained));
        Path proxies = Files.createDirectories(root.resolve("proxies"));
        String network = stack.project() + "_default";
        StringBuilder table = new StringBuilder(
                "| proxy | the server, when stopped | strategy | failed requests, each round | answered, all rounds | slowest |\n"
                        + "| --- | --- | --- | ---: | ---: | ---: |\n");
        try (ReverseProxy nginx = ReverseProxy.nginx(proxies, network);
                ReverseProxy haproxy = ReverseProxy.haproxy(proxies, network)) {
            for (Row row : rows) {
                table.append(measure(row, row.proxy().equals("nginx") ? nginx : haproxy, rounds));
            }
        }
        String text = text(rounds, table.toString());
        ResultsFile.write(results, "Requests that fail during an update", text);
        System.out.println(text);
    }

    private String measure(Row row, ReverseProxy proxy, int rounds) throws Exception {
        deploy(row, Optional.empty());
        untilShown(proxy);
        List<Count> counts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Process load = new ProcessBuilder(
                            "wrk", "-t1", "-c" + CONNECTIONS, "-d120s", "--timeout", "10s", "-s", "wrk.lua", proxy.url())
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(root.resolve("wrk.log").toFile())
                    .start();
            Thread.sleep(2000);
            deploy(row, row.rolling());
            Thread.sleep(2000);
            boolean ended = !load.isAlive();
            Tool.run(root, "sh", "-c", "kill -INT " + load.pid() + " || :");
            load.waitFor();
            counts.add(count(Tool.read(root.resolve("wrk.log"))));
            untilShown(proxy);
            System.out.println(row + " round " + (round + 1) + ": " + counts.get(round));
            if (ended) {
                throw new IllegalStateException("The update took longer than the load.");
            }
        }
        return "| " + row.proxy() + " | " + row.server() + " | " + row.way() + " | "
                + counts.stream().map(count -> Long.toString(count.failed())).collect(Collectors.joining(", "))
                + " | " + counts.stream().mapToLong(count -> count.requests() - count.failed()).sum() + " | "
                + counts.stream().map(Count::slowest).collect(Collectors.joining(", ")) + " |\n";
    }

    private void deploy(Row row, Optional<RollingSettings> rolling) throws InterruptedException {
        release++;
        String sha = stack.commit("Release " + release, Map.of("docker-compose.yml", file(row.server())));
        FlowContext context = new FlowContext(
                Progress.NONE, Optional.empty(), List.of(), HttpClient.newHttpClient(), "bench", "", timer, Runnable::run);
        DeployResult result = new EnvironmentFlows(environment.with(rolling), context)
                .deploy(new DeployRequest(new CommitSha(sha), false));
        if (result.outcome() != Outcome.DONE) {
            throw new IllegalStateException(result.error());
        }
    }

    private String file(String server) {
        String programs = ReverseProxy.PROGRAMS.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(", "));
        return """
                version: "2.4"
                services:
                  api:
                    image: %s
                    environment: { TEXT: release %d }
                    volumes: [%s, "./app.conf:/conf/app.conf:ro"]
                    tmpfs: [/www, /tmp, /var/log/nginx, /var/lib/nginx]
                    healthcheck: { test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1/health"], interval: 1s }
                %s"""
                .formatted(Stack.IMAGE, release, programs, SERVERS.get(server));
    }

    private void untilShown(ReverseProxy proxy) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (Tool.run(root, "sh", "-c", "curl -fsS --max-time 2 " + proxy.url() + " 2>/dev/null || :").equals("release " + release)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("The site does not show release " + release);
    }

    private static Count count(String printed) {
        long failed = 0;
        Matcher sockets = Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)").matcher(printed);
        if (sockets.find()) {
            for (int i = 1; i <= 4; i++) {
                failed += Long.parseLong(sockets.group(i));
            }
        }
        Matcher statuses = Pattern.compile("Non-2xx or 3xx responses: (\\d+)").matcher(printed);
        failed += statuses.find() ? Long.parseLong(statuses.group(1)) : 0;
        Matcher requests = Pattern.compile("(\\d+) requests in").matcher(printed);
        Matcher latency = Pattern.compile("Latency +\\S+ +\\S+ +(\\S+)").matcher(printed);
        if (!requests.find() || !latency.find()) {
            throw new IllegalStateException("wrk printed\n" + printed);
        }
        return new Count(Long.parseLong(requests.group(1)), failed, latency.group(1));
    }

    private static String text(int rounds, String table) {
        return """
                Written by `bench/run rolling` on %s. One service of one container behind a real proxy of Debian, under load
                by wrk (%d connections, each asking again 10 ms after an answer), from 2 s before the update until 2 s after it;
                %d rounds a row. Failed are answers of 400 and above and broken connections. These are counts, and depend on
                how long the containers of this machine take to start; what matters is whether there are any. The proxies run
                with [docs/rolling/nginx.conf](../docs/rolling/nginx.conf) and [docs/rolling/haproxy.cfg](../docs/rolling/haproxy.cfg);
                `drain: %ds`.

                %s
                `recreate` is `docker-compose up -d`, what people do today. The server that finishes its requests is nginx
                with `stop_signal: SIGQUIT`; the one that hangs up is busybox's, which cuts the answers that it is giving. The
                slowest answers met a container that was gone already, and were asked again of the other one. With `recreate`
                HAProxy's tries just bridge the second or so for which this container is away; one that takes longer to start
                than they do fails requests there too.
                """
                .formatted(LocalDate.now(), CONNECTIONS, rounds, DRAIN.toSeconds(), table);
    }
}

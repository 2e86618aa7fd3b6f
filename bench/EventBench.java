import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.ci.SharedReads;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.ManyCommits;
import io.jenkins.plugins.deployfirst.engine.testing.Percentile;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import io.jenkins.plugins.deployfirst.engine.webhook.CiEvent;
import io.jenkins.plugins.deployfirst.engine.webhook.Deliveries;
import io.jenkins.plugins.deployfirst.engine.webhook.Delivery;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the arrival of a webhook that tells of a failure to the start of the rollback, at 100 events a
 * second, while ten thousand watches are under way.
 */
public class EventBench {
    private static final int WATCHES = 10_000;
    private static final int REPOSITORIES = 100;
    private static final int EVENTS = 6_000;
    private static final int RATE = 100;
    private static final String SECRET = "the secret of the webhook";
    private static final CiRules RULES = new CiRules(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            List.of(),
            List.of(),
            CiRules.OnNoVerdict.KEEP,
            CiRules.OnNoVerdict.KEEP);

    private final ManyCommits server;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);
    private final ExecutorService rollbacks = Executors.newCachedThreadPool();
    private final ScheduledExecutorService sender = Executors.newScheduledThreadPool(4);
    private final Map<String, CiWatch> watches = new ConcurrentHashMap<>();
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(EVENTS);

    private EventBench(ManyCommits server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        try (ManyCommits server = ManyCommits.start()) {
            String text = new EventBench(server).measure();
            ResultsFile.write(Path.of(arguments[0]), "From a webhook to the rollback", text);
            System.out.println(text);
        }
        // The client's threads would keep the process.
        System.exit(0);
    }

    private String measure() throws Exception {
        String machine = ResultsFile.machine();
        HttpClient client = HttpClient.newBuilder()
                .executor(Executors.newFixedThreadPool(2))
                .build();
        timer.setRemoveOnCancelPolicy(true);
        List<CiServer> repositories = new ArrayList<>();
        for (int i = 0; i < REPOSITORIES; i++) {
            GitHub gitHub = new GitHub(client, server.url(), repository(i), () -> Optional.of("token"));
            repositories.add(new SharedReads(gitHub, RULES.interval().multipliedBy(9).dividedBy(10)));
        }
        for (int i = 0; i < WATCHES; i++) {
            watch(repositories.get(i % REPOSITORIES), sha(i), i);
        }
        // Until each has been read once, so that the events meet watches that poll.
        Thread.sleep(Duration.ofSeconds(60).toMillis());
        for (int i = 0; i < EVENTS; i++) {
            int number = i;
            sender.schedule(() -> fail(number), i * 1_000L / RATE, TimeUnit.MILLISECONDS);
        }
        boolean all = begun.await(5, TimeUnit.MINUTES);
        long others = watches.values().stream().filter(watch -> !watch.result().isDone()).count();
        timer.shutdownNow();
        rollbacks.shutdownNow();
        sender.shutdownNow();
        return text(machine, all, others);
    }

    private void watch(CiServer repository, String sha, int number) {
        // Spread over the interval, as deployments are.
        Instant started = Instant.now().minusMillis(number * 30_000L / WATCHES);
        CiWatch watch = CiWatch.start(repository, sha, RULES, timer, started, Progress.NONE);
        watches.put(sha, watch);
        watch.result().thenAcceptAsync(result -> rollBack(sha, result), rollbacks);
    }

    /** The check fails, and the event of it is handled as the endpoint does. */
    private void fail(int number) {
        String sha = sha(number);
        server.fail(sha);
        byte[] body = ("{\"sha\": \"" + sha + "\", \"state\": \"failure\", \"context\": \"build\","
                        + " \"repository\": {\"full_name\": \"" + repository(number % REPOSITORIES) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "X-GitHub-Event", "status", "X-Hub-Signature-256", "sha256=" + Deliveries.mac(SECRET, body));
        arrived.put(sha, System.nanoTime());
        Delivery delivery = new Delivery(headers, body);
        if (delivery.isSignedWith(List.of(SECRET))) {
            CiEvent event = CiEvent.of(delivery);
            event.sha().ifPresent(commit -> watches.get(commit.value()).wake(System.nanoTime()));
        }
    }

    private void rollBack(String sha, CiResult result) {
        Long arrival = arrived.get(sha);
        if (result.verdict() == Verdict.FAILURE && arrival != null) {
            delays.add(System.nanoTime() - arrival);
            begun.countDown();
        }
    }

    private String text(String machine, boolean all, long others) {
        return String.format(
                Locale.ROOT,
                """
                Written by `bench/watches` on %s. %s

                %,d watches at once in %d repositories, against a server on loopback. %,d of them fail, and the server tells so by
                signed webhooks, %d a second, while all are polled as well. The time is from a delivery's arrival (its signature
                not yet checked) to the start of the thread that rolls back: the signature, the event, the read of three lists, the
                verdict.

                | what | figure |
                | --- | ---: |
                | rollbacks begun | %,d of %,d%s |
                | watches of other commits that go on | %,d of %,d |
                | from webhook to rollback, median | %.0f ms |
                | p99 | %.0f ms |
                | the slowest | %.0f ms |
                """,
                LocalDate.now(),
                machine,
                WATCHES,
                REPOSITORIES,
                EVENTS,
                RATE,
                delays.size(),
                EVENTS,
                all ? "" : " (the time was over)",
                others,
                WATCHES - EVENTS,
                Percentile.of(delays, 50) / 1e6,
                Percentile.of(delays, 99) / 1e6,
                Percentile.of(delays, 100) / 1e6);
    }

    private static String repository(int number) {
        return "owner/name" + number;
    }

    private static String sha(int number) {
        return String.format("%040x", number + 1);
    }
}

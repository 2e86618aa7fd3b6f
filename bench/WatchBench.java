import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.ci.VirtualTime;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Measures many watches at once against a CI server on loopback, and simulates how many one token of GitHub's carries. */
public class WatchBench {
    private static final int WATCHES = 10_000;
    private static final int REPOSITORIES = 100;
    private static final int LIMIT = 5_000;
    private static final Duration HOUR = Duration.ofHours(1);

    public static void main(String[] arguments) throws Exception {
        Path results = Path.of(arguments[0]);
        StringBuilder text = new StringBuilder("Written by `bench/watches` on " + LocalDate.now() + ".\n\n");
        real(text);
        simulated(text);
        ResultsFile.write(results, "Watching CI", text.toString());
        System.out.println(text);
        // The client's threads would keep the process.
        System.exit(0);
    }

    // ---- real time, real HTTP

    private static void real(StringBuilder text) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "bench/ScriptedGitHub.java")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()))) {
            measure(text, "http://127.0.0.1:" + out.readLine());
        } finally {
            server.destroy();
        }
    }

    private static void measure(StringBuilder text, String server) throws Exception {
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        HttpClient client = HttpClient.newBuilder()
                .executor(Executors.newFixedThreadPool(2))
                .build();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(4);
        timer.setRemoveOnCancelPolicy(true);
        List<GitHub> repositories = new ArrayList<>();
        for (int i = 0; i < REPOSITORIES; i++) {
            repositories.add(new GitHub(client, server, "owner/name" + i, () -> Optional.of("token")));
        }
        CiRules rules = rules(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(30));
        long heapBefore = usedHeap();
        List<CiWatch> watches = new ArrayList<>(WATCHES);
        for (int i = 0; i < WATCHES; i++) {
            // Spread over the interval, as deployments are.
            Instant started = Instant.now().minusMillis(i * 15_000L / WATCHES);
            watches.add(CiWatch.start(
                    repositories.get(i % REPOSITORIES), sha(i), rules, timer, started, Progress.NONE));
        }
        long waiting = (usedHeap() - heapBefore) / WATCHES;
        Thread.sleep(Duration.ofSeconds(60).toMillis());
        long reading = (usedHeap() - heapBefore) / WATCHES;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
        long end = System.nanoTime();
        ask(client, server + "/end");
        List<Long> delays = new ArrayList<>();
        int succeeded = 0;
        for (CiWatch watch : watches) {
            watch.result().thenRun(() -> {
                synchronized (delays) {
                    delays.add(System.nanoTime() - end);
                }
            });
        }
        for (CiWatch watch : watches) {
            CiResult result = watch.result().get(10, TimeUnit.MINUTES);
            succeeded += result.verdict() == Verdict.SUCCESS ? 1 : 0;
        }
        String[] counters = ask(client, server + "/counters").split(" ");
        timer.shutdownNow();
        long requests = Long.parseLong(counters[0]);
        long unchanged = Long.parseLong(counters[1]);
        text.append(String.format(
                Locale.ROOT,
                "%,d watches at once, of as many commits in %d repositories, against a server on loopback (interval 30 s,"
                        + "%nthree lists a read). Their checks end at one moment; a success is read twice.%n%n"
                        + "| what | figure |%n| --- | ---: |%n"
                        + "| verdicts, all of them right | %,d of %,d |%n"
                        + "| threads added, HTTP client and timer included | %d |%n"
                        + "| heap per watch that waits | %.1f KiB |%n"
                        + "| heap per watch with what its reads are remembered by | %.1f KiB |%n"
                        + "| requests | %,d |%n| answered 304 | %.0f %% |%n"
                        + "| from the end of CI to the verdict, median | %.0f s |%n| the last one | %.0f s |%n%n",
                WATCHES,
                REPOSITORIES,
                succeeded,
                WATCHES,
                threads,
                waiting / 1024.0,
                reading / 1024.0,
                requests,
                100.0 * unchanged / requests,
                percentile(delays, 50) / 1e9,
                percentile(delays, 100) / 1e9));
    }

    private static String ask(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    // ---- virtual time, GitHub's limit

    /** How the checks of one commit are followed. */
    private enum Way {
        SCRIPT("a script, every 10 s, two lists, no ETag"),
        UNKNOWING("a watch, nothing known of earlier ones"),
        KNOWING("a watch that knows when CI usually ends"),
        WEBHOOKS("the same, with webhooks");

        private final String name;

        Way(String name) {
            this.name = name;
        }
    }

    /** What an hour of one way costs and how late it is. */
    private record Figures(double readsPerHour, double costPerHour, double unchanged, List<Long> delays) {}

    private static void simulated(StringBuilder text) {
        text.append("""
                GitHub's limit, simulated: 5,000 requests an hour for a token, where a 304 costs nothing. CI takes 4 to 16 minutes
                (10 in the middle) in 12 jobs of two stages; a job's start and end change two of the three lists. Events come when
                something changes, and the API shows it up to 3 s later. Watches follow one another without a pause.

                | way | API reads per watch-hour | requests that count | answered 304 | watches a token carries | verdict after the end of CI: median | p99 |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (Way way : Way.values()) {
            Figures figures = run(way, 400);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f %% | %.0f | %.1f s | %.1f s |%n",
                    way.name,
                    figures.readsPerHour,
                    figures.costPerHour,
                    100 * figures.unchanged,
                    Math.floor(LIMIT / figures.costPerHour),
                    percentile(figures.delays, 50) / 1e9,
                    percentile(figures.delays, 99) / 1e9));
        }
        text.append("""

                A failure is known at its first read, a success takes a second one; half of these commits fail. An event makes no
                read later: polling goes on as if there were none, so that a lost event costs what it costs without webhooks.
                """);
    }

    private static Figures run(Way way, int commits) {
        Random random = new Random(7);
        long reads = 0;
        long cost = 0;
        long requests = 0;
        double hours = 0;
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            double minutes = Math.min(16, Math.max(4, 10 + 3 * random.nextGaussian()));
            Pipeline pipeline = new Pipeline(random, Duration.ofMillis((long) (minutes * 60_000)), i % 2 == 0);
            long verdict = way == Way.SCRIPT ? script(pipeline) : watch(way, pipeline);
            delays.add(verdict - pipeline.end());
            reads += pipeline.reads;
            cost += pipeline.cost;
            requests += pipeline.requests;
            hours += (double) verdict / HOUR.toNanos();
        }
        return new Figures(reads / hours, cost / hours, 1 - (double) cost / requests, delays);
    }

    private static long script(Pipeline pipeline) {
        pipeline.lists = 2;
        pipeline.conditional = false;
        for (long now = 0; ; now += Duration.ofSeconds(10).toNanos()) {
            pipeline.time.advance(Duration.ofNanos(now).minus(pipeline.time.elapsed()));
            CiSnapshot snapshot = pipeline.read("").join();
            if (snapshot.checks().stream().allMatch(check -> check.state() != Check.State.PENDING)) {
                return now;
            }
        }
    }

    private static long watch(Way way, Pipeline pipeline) {
        CiRules rules = rules(Duration.ofSeconds(30), Duration.ofSeconds(10), HOUR);
        VirtualTime time = pipeline.time;
        CiWatch watch =
                CiWatch.start(pipeline, sha(1), rules, time, Duration.ZERO, Progress.NONE, time::nanoTime);
        if (way != Way.UNKNOWING) {
            watch.expect(Duration.ofMinutes(10));
        }
        if (way == Way.WEBHOOKS) {
            // As the endpoint does: what begins decides nothing.
            pipeline.changes.stream()
                    .filter(Pipeline.Change::ends)
                    .forEach(change -> time.schedule(() -> watch.wake(), change.at, TimeUnit.NANOSECONDS));
        }
        long[] verdict = {0};
        watch.result().thenRun(() -> verdict[0] = time.nanoTime());
        time.advance(HOUR);
        return verdict[0];
    }

    /** The CI of one commit: 6 jobs, then 6 more, of which the last fails in some; shows what changed a little later. */
    private static final class Pipeline implements CiServer {
        private static final int JOBS = 12;

        private final VirtualTime time = new VirtualTime();
        private final List<Change> changes = new ArrayList<>();
        private final boolean fails;
        private int lists = 3;
        private boolean conditional = true;
        private long seen = -1;
        private long reads;
        private long requests;
        private long cost;

        /** A job starts or ends, and the API shows it a little later. */
        private record Change(int job, boolean ends, long at, long shown) {}

        Pipeline(Random random, Duration length, boolean fails) {
            this.fails = fails;
            long half = length.toNanos() / 2;
            for (int job = 0; job < JOBS; job++) {
                boolean second = job >= JOBS / 2;
                long start = second ? half : Duration.ofSeconds(5).toNanos() + random.nextLong(half / 10);
                long end = job == JOBS - 1 ? 2 * half : start + half / 4 + random.nextLong(half * 3 / 4 - half / 10);
                changes.add(change(random, job, false, start));
                changes.add(change(random, job, true, Math.min(end, second ? 2 * half : half)));
            }
        }

        private static Change change(Random random, int job, boolean ends, long at) {
            return new Change(job, ends, at, at + random.nextLong(Duration.ofSeconds(3).toNanos()));
        }

        long end() {
            return changes.stream().mapToLong(Change::at).max().orElseThrow();
        }

        @Override
        public CompletableFuture<CiSnapshot> read(String sha) {
            long version = changes.stream().filter(change -> change.shown <= time.nanoTime()).count();
            long changed = seen < 0 || !conditional ? lists : version == seen ? 0 : lists - 1;
            seen = version;
            reads++;
            requests += lists;
            cost += changed;
            List<Check> checks = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                int number = job;
                boolean ended = changes.stream()
                        .anyMatch(change -> change.job == number && change.ends && change.shown <= time.nanoTime());
                Check.State state = !ended
                        ? Check.State.PENDING
                        : fails && job == JOBS - 1 ? Check.State.FAILED : Check.State.SUCCEEDED;
                checks.add(new Check("job/" + job, "job " + job, state, "", ""));
            }
            return CompletableFuture.completedFuture(new CiSnapshot(checks, false));
        }

        @Override
        public String describe() {
            return "simulated CI";
        }

        @Override
        public String pageOf(String sha) {
            return "";
        }
    }

    private static CiRules rules(Duration initialDelay, Duration interval, Duration timeout) {
        return new CiRules(
                initialDelay,
                interval,
                timeout,
                List.of(),
                List.of(),
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
    }

    private static String sha(int number) {
        return String.format("%040x", number + 1);
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}

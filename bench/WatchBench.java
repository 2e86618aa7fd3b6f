import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.ci.SharedReads;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.ManyCommits;
import io.jenkins.plugins.deployfirst.engine.testing.Percentile;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Measures what ten thousand watches at once cost, against a CI server on loopback, with the threads that Jenkins has. */
public class WatchBench {
    private static final int WATCHES = 10_000;
    private static final int REPOSITORIES = 100;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final CiRules RULES = new CiRules(
            Duration.ofSeconds(20),
            INTERVAL,
            Duration.ofMinutes(30),
            List.of(),
            List.of(),
            CiRules.OnNoVerdict.KEEP,
            CiRules.OnNoVerdict.KEEP);

    public static void main(String[] arguments) throws Exception {
        try (ManyCommits server = ManyCommits.start()) {
            String text = measure(server);
            ResultsFile.write(Path.of(arguments[0]), "Watching CI", text);
            System.out.println(text);
        }
        // The client's threads would keep the process.
        System.exit(0);
    }

    private static String measure(ManyCommits server) throws Exception {
        String machine = ResultsFile.machine();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        HttpClient client = HttpClient.newBuilder()
                .executor(Executors.newFixedThreadPool(2))
                .build();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);
        timer.setRemoveOnCancelPolicy(true);
        List<CiServer> repositories = new ArrayList<>();
        for (int i = 0; i < REPOSITORIES; i++) {
            GitHub gitHub = new GitHub(client, server.url(), "owner/name" + i, () -> Optional.of("token"));
            repositories.add(new SharedReads(gitHub, INTERVAL.multipliedBy(9).dividedBy(10)));
        }
        long heapBefore = usedHeap();
        long began = System.nanoTime();
        List<CiWatch> watches = new ArrayList<>(WATCHES);
        for (int i = 0; i < WATCHES; i++) {
            // Spread over the interval, as deployments are.
            Instant started = Instant.now().minusMillis(i * 15_000L / WATCHES);
            CiServer repository = repositories.get(i % REPOSITORIES);
            watches.add(CiWatch.start(repository, sha(i), RULES, timer, started, Progress.NONE));
        }
        long waiting = (usedHeap() - heapBefore) / WATCHES;
        List<Long> threads = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            Thread.sleep(500);
            threads.add((long) ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore);
        }
        long reading = (usedHeap() - heapBefore) / WATCHES;
        ManyCommits.Counters counters = server.counters();
        double hours = (double) (System.nanoTime() - began) / Duration.ofHours(1).toNanos();
        long end = System.nanoTime();
        server.succeedAll();
        Queue<Long> delays = new ConcurrentLinkedQueue<>();
        watches.forEach(watch -> watch.result().thenRun(() -> delays.add(System.nanoTime() - end)));
        int succeeded = 0;
        for (CiWatch watch : watches) {
            succeeded += watch.result().get(10, TimeUnit.MINUTES).verdict() == Verdict.SUCCESS ? 1 : 0;
        }
        timer.shutdownNow();
        return String.format(
                Locale.ROOT,
                """
                Written by `bench/watches` on %s. %s

                %,d watches at once, of as many commits in %d repositories, against a server on loopback (interval 30 s,
                three lists a read). Their checks end at one moment; a success is read twice. A script that asks every 10 s for two
                lists makes 720 requests an hour, none of them answered 304. The JDK's HTTP client adds a thread for a moment for each
                answer where there are fewer than three processors.

                | what | figure |
                | --- | ---: |
                | verdicts, all of them right | %,d of %,d |
                | threads added, HTTP client and timer included | %d |
                | the most at any of 240 moments | %d |
                | heap per watch that waits | %.1f KiB |
                | heap per watch with what its reads are remembered by | %.1f KiB |
                | requests per watch-hour, before the end of CI | %.0f |
                | of these answered 304 | %.0f %% |
                | from the end of CI to the verdict, median | %.0f s |
                | the last one | %.0f s |
                """,
                LocalDate.now(),
                machine,
                WATCHES,
                REPOSITORIES,
                succeeded,
                WATCHES,
                Percentile.of(threads, 50),
                Percentile.of(threads, 100),
                waiting / 1024.0,
                reading / 1024.0,
                counters.requests() / hours / WATCHES,
                100.0 * counters.unchanged() / counters.requests(),
                Percentile.of(delays, 50) / 1e9,
                Percentile.of(delays, 100) / 1e9);
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String sha(int number) {
        return String.format("%040x", number + 1);
    }
}

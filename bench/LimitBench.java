import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.VirtualTime;
import io.jenkins.plugins.deployfirst.engine.testing.Percentile;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Simulates how many watches one token of GitHub's carries, with and without webhooks. */
public class LimitBench {
    private static final int LIMIT = 5_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private static final CiRules RULES = new CiRules(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            HOUR,
            List.of(),
            List.of(),
            CiRules.OnNoVerdict.KEEP,
            CiRules.OnNoVerdict.KEEP);

    public static void main(String[] arguments) {
        StringBuilder text = new StringBuilder("Written by `bench/watches` on " + LocalDate.now() + ".\n\n");
        simulated(text);
        ResultsFile.write(Path.of(arguments[0]), "GitHub's limit", text.toString());
        System.out.println(text);
    }

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
                    Percentile.of(figures.delays, 50) / 1e9,
                    Percentile.of(figures.delays, 99) / 1e9));
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
        VirtualTime time = pipeline.time;
        CiWatch watch =
                CiWatch.start(pipeline, SHA, RULES, time, Duration.ZERO, Progress.NONE, time::nanoTime);
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
}

package io.jenkins.plugins.deployfirst.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.ManyCommits;
import io.jenkins.plugins.deployfirst.engine.testing.Percentile;
import io.jenkins.plugins.deployfirst.engine.testing.ResultsFile;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures the time from a webhook that tells a Jenkins of a failure to the start of the rollback, at 100 events a second,
 * while ten thousand watches are under way. Not among the tests; {@code bench/watches jenkins} runs it.
 */
@WithJenkins
class WebhookBench {
    private static final int WATCHES = 10_000;
    private static final int EVENTS = 6_000;
    private static final int RATE = 100;
    private static final int WARM_UP = 1_000;

    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(EVENTS);
    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(8);

    @Test
    void everyWebhookIsFollowedByItsRollback(JenkinsRule jenkins) throws Exception {
        String machine = ResultsFile.machine();
        List<CiWatch> watches = new ArrayList<>();
        try (ManyCommits gitHub = ManyCommits.start()) {
            ResolvedEnvironment environment = Sender.environment(jenkins, gitHub.url(), ci -> {
                ci.setInitialDelay("30s");
                ci.setInterval("1m");
                ci.setTimeout("30m");
            });
            for (int i = 0; i < WATCHES; i++) {
                watches.add(watch(environment, i));
            }
            Sender sender = new Sender(jenkins.getURL());
            for (int i = 0; i < WARM_UP; i++) {
                // Of commits that nobody watches.
                String sha = sha(WATCHES + i);
                senders.schedule(() -> send(sender, sha), 30_000L + i * 20L, TimeUnit.MILLISECONDS);
            }
            for (int i = 0; i < EVENTS; i++) {
                String sha = sha(i);
                // After each watch has been read once, so that the events meet watches that poll.
                senders.schedule(() -> fail(gitHub, sender, sha), 60_000L + i * 1_000L / RATE, TimeUnit.MILLISECONDS);
            }
            boolean all = begun.await(5, TimeUnit.MINUTES);
            report(machine);

            assertThat(all).as("%s of %s", delays.size(), EVENTS).isTrue();
            assertThat(watches.subList(EVENTS, WATCHES))
                    .noneMatch(watch -> watch.result().isDone());
        } finally {
            senders.shutdownNow();
            watches.forEach(CiWatch::cancel);
        }
    }

    private CiWatch watch(ResolvedEnvironment environment, int number) throws Exception {
        // Spread over the time, as deployments are.
        Instant started = Instant.now().minusMillis(number * 30_000L / WATCHES);
        String sha = sha(number);
        CiWatch watch =
                CiWatches.start(environment, () -> environment, null, new CommitSha(sha), started, Progress.NONE);
        watch.result().thenAcceptAsync(ci -> rollBack(sha, ci), Computer.threadPoolForRemoting);
        return watch;
    }

    private void fail(ManyCommits gitHub, Sender sender, String sha) {
        gitHub.fail(sha);
        sent.put(sha, System.nanoTime());
        send(sender, sha);
    }

    private static void send(Sender sender, String sha) {
        try {
            sender.send(Sender.status(sha, "failure"), Sender.SECRET);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rollBack(String sha, CiResult ci) {
        Long start = sent.get(sha);
        if (ci.verdict() == Verdict.FAILURE && start != null) {
            delays.add(System.nanoTime() - start);
            begun.countDown();
        }
    }

    private void report(String machine) {
        String text = String.format(
                Locale.ROOT,
                """
                Written by `bench/watches jenkins` on %s. %s

                The same through the endpoint of a Jenkins, which is in the sender's process and shares its processors: %,d watches
                of one repository, %,d webhooks over HTTP, %d a second, after %,d that warm the Jenkins up. The time is from the
                sending of the request to the start of the thread that rolls back.

                | what | figure |
                | --- | ---: |
                | rollbacks begun | %,d of %,d |
                | from webhook to rollback, median | %.0f ms |
                | p99 | %.0f ms |
                | the slowest | %.0f ms |
                """,
                LocalDate.now(),
                machine,
                WATCHES,
                EVENTS,
                RATE,
                WARM_UP,
                delays.size(),
                EVENTS,
                millis(50),
                millis(99),
                millis(100));
        System.out.println(text);
        String file = System.getProperty("deployFirst.results", "");
        if (!file.isEmpty()) {
            ResultsFile.write(Path.of(file), "From a webhook to the rollback, through Jenkins", text);
        }
    }

    private double millis(int percent) {
        return Percentile.of(delays, percent) / 1e6;
    }

    private static String sha(int number) {
        return String.format("%040x", number + 1);
    }
}

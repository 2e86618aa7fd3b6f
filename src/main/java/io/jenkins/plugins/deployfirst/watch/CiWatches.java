package io.jenkins.plugins.deployfirst.watch;

import hudson.AbortException;
import hudson.model.Job;
import io.jenkins.plugins.deployfirst.agent.CiAccess;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Starts the watch of a release's CI as its environment defines it. */
public final class CiWatches {
    private static final Map<Key, Set<CiWatch>> RUNNING = new ConcurrentHashMap<>();

    private CiWatches() {}

    private record Key(CiService service, String repository, String sha) {}

    /**
     * Starts a watch. It reads from the controller, so that the token stays there.
     *
     * @param again looks the environment up anew, for a new token
     * @param job whose own checks do not count
     * @param sha the full SHA
     * @param startedAt when the watch began: one that is resumed keeps its deadline
     * @param progress hears what CI says
     * @throws AbortException when the environment names no CI server
     */
    public static CiWatch start(
            ResolvedEnvironment environment,
            Callable<ResolvedEnvironment> again,
            Job<?, ?> job,
            CommitSha sha,
            Instant startedAt,
            Progress progress)
            throws AbortException {
        CiAccess access = requireCi(environment);
        CiRules rules = OwnChecks.ignore(environment.environment().ciRules(), job);
        CiReads.Lease reads = CiReads.join(
                access, rules.interval(), () -> requireCi(again.call()).token());
        progress.info("Watching the checks of " + sha.abbreviated() + " on "
                + reads.server().describe() + " for at most " + DurationText.format(rules.timeout()) + ".");
        CiWatch watch = CiWatch.start(reads.server(), sha.value(), rules, WatchTimer.get(), startedAt, progress);
        Key key = new Key(access.service(), access.repository().toLowerCase(Locale.ROOT), sha.value());
        RUNNING.compute(key, (same, watches) -> {
            Set<CiWatch> all = watches == null ? ConcurrentHashMap.newKeySet() : watches;
            all.add(watch);
            return all;
        });
        watch.result().whenComplete((ci, failure) -> {
            RUNNING.computeIfPresent(key, (same, watches) -> {
                watches.remove(watch);
                return watches.isEmpty() ? null : watches;
            });
            reads.close();
        });
        if (CiWatch.adapts(rules)) {
            CiDurations.usual(job, environment.environment().name()).ifPresent(watch::expect);
        }
        return watch;
    }

    /**
     * Makes the watches of a commit read at once, because its CI server told of it.
     *
     * @param repository its name there, in whatever case
     * @param sha the full SHA
     */
    public static void wake(CiService service, String repository, CommitSha sha) {
        long now = System.nanoTime();
        Key key = new Key(service, repository.toLowerCase(Locale.ROOT), sha.value());
        RUNNING.getOrDefault(key, Set.of()).forEach(watch -> watch.wake(now));
    }

    private static CiAccess requireCi(ResolvedEnvironment environment) throws AbortException {
        return environment
                .ci()
                .orElseThrow(() -> new AbortException("ci: environment "
                        + environment.environment().name()
                        + " names no CI server to watch. Add ci: [github: [repository:"
                        + " 'owner/name']] (or gitlab, or gitea) to it."));
    }
}

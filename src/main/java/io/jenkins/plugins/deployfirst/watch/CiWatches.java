package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.ci.CiPlace;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Starts the watch of a release's CI as its environment defines it, and wakes it. */
public final class CiWatches {
    private static final Map<String, Set<Running>> RUNNING = new ConcurrentHashMap<>();
    private static final Map<CiWatch, OfBuild> OF_BUILDS = new ConcurrentHashMap<>();

    private CiWatches() {}

    private record Running(CiPlace place, CiWatch watch) {}

    /**
     * A watch of a build that waits for CI.
     *
     * @param environment the environment's name
     * @param directory where it is on its host
     * @param sha the full SHA
     * @param until when it ends at the latest
     */
    public record OfBuild(Run<?, ?> run, String environment, String directory, String sha, Instant until) {}

    /** Returns the watches of builds that wait for CI now. */
    public static Collection<OfBuild> ofBuilds() {
        return List.copyOf(OF_BUILDS.values());
    }

    /**
     * Starts a watch. It reads from the controller, so that the token stays there.
     *
     * @param again looks the environment up anew, for a new token
     * @param run the build that watches, whose job's watches tell how long CI usually takes; null: no build does
     * @param sha the full SHA
     * @param startedAt when the watch began: one that is resumed keeps its deadline
     * @param progress hears what CI says
     * @throws AbortException when the environment names no CI server
     */
    public static CiWatch start(
            ResolvedEnvironment environment,
            Callable<ResolvedEnvironment> again,
            @CheckForNull Run<?, ?> run,
            CommitSha sha,
            Instant startedAt,
            Progress progress)
            throws AbortException {
        BuildCi ci = requireCi(environment);
        CiRules rules = environment.environment().ciRules();
        CiReads.Lease reads = CiReads.join(
                ci.access(), rules.interval(), () -> requireCi(again.call()).access());
        CiServer server = ci.seenBy(reads.server());
        progress.info("Watching the checks of " + sha.abbreviated() + " on " + server.describe() + " for at most "
                + DurationText.format(rules.timeout()) + ".");
        CiWatch watch = CiWatch.start(server, sha.value(), rules, WatchTimer.get(), startedAt, progress);
        Running running = new Running(ci.access().place(), watch);
        RUNNING.compute(sha.value(), (same, watches) -> {
            Set<Running> all = watches == null ? ConcurrentHashMap.newKeySet() : watches;
            all.add(running);
            return all;
        });
        if (run != null) {
            OF_BUILDS.put(watch, ofBuild(run, environment, sha, startedAt.plus(rules.timeout())));
        }
        watch.result().whenComplete((verdict, failure) -> {
            OF_BUILDS.remove(watch);
            RUNNING.computeIfPresent(sha.value(), (same, watches) -> {
                watches.remove(running);
                return watches.isEmpty() ? null : watches;
            });
            reads.close();
        });
        if (run != null && CiWatch.adapts(rules)) {
            CiDurations.usual(run.getParent(), environment.environment().name()).ifPresent(watch::expect);
        }
        return watch;
    }

    private static OfBuild ofBuild(Run<?, ?> run, ResolvedEnvironment environment, CommitSha sha, Instant until) {
        return new OfBuild(
                run, environment.environment().name(), environment.environment().directory(), sha.value(), until);
    }

    /**
     * Makes the watches of a commit read at once, because its CI server told that something changed. May be called by any
     * thread, as often as there are events: it does not block, and events in quick succession cost one read a second.
     *
     * <p>It is a reason to read and nothing else, so that a false event costs no more than that. Where the server still
     * says what it said before, the reads are repeated after 1, 2 and 5 s.
     *
     * @param sha the full SHA; nothing happens where nobody watches it
     * @param place of which places the event tells
     */
    public static void wake(CommitSha sha, Predicate<CiPlace> place) {
        long now = System.nanoTime();
        RUNNING.getOrDefault(sha.value(), Set.of()).stream()
                .filter(running -> place.test(running.place))
                .forEach(running -> running.watch.wake(now));
    }

    /**
     * Returns the CI server of an environment.
     *
     * @throws AbortException in one line with the remedy, when it names none
     */
    static BuildCi requireCi(ResolvedEnvironment environment) throws AbortException {
        return environment
                .ci()
                .orElseThrow(() -> new AbortException("ci: environment "
                        + environment.environment().name()
                        + " names no CI server to watch. Add ci: [github: [repository:"
                        + " 'owner/name']] (or gitlab, gitea, jenkins) to it."));
    }
}

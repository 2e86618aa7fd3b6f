package io.jenkins.plugins.deployfirst.watch;

import hudson.AbortException;
import hudson.model.Job;
import io.jenkins.plugins.deployfirst.agent.GitHubAccess;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Starts the watch of a release's CI as its environment defines it. */
public final class CiWatches {
    private CiWatches() {}

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
        GitHubAccess access = requireCi(environment);
        CiRules rules = OwnChecks.ignore(environment.environment().ciRules(), job);
        CiReads.Lease reads = CiReads.join(
                access, rules.interval(), () -> requireCi(again.call()).token());
        progress.info("Watching the checks of " + sha.abbreviated() + " on "
                + reads.server().describe() + " for at most " + DurationText.format(rules.timeout()) + ".");
        CiWatch watch = CiWatch.start(reads.server(), sha.value(), rules, WatchTimer.get(), startedAt, progress);
        watch.result().whenComplete((ci, failure) -> reads.close());
        return watch;
    }

    private static GitHubAccess requireCi(ResolvedEnvironment environment) throws AbortException {
        return environment
                .ci()
                .orElseThrow(() -> new AbortException("ci: environment "
                        + environment.environment().name()
                        + " names no CI server to watch. Add ci: [github: [repository:"
                        + " 'owner/name']] to it."));
    }
}

package io.jenkins.plugins.deployfirst.overview;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.LogProgress;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import io.jenkins.plugins.deployfirst.watch.Retries;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/**
 * Does what an operation is for, on the controller. Blocks until done; an interruption ends what is done on the host too.
 *
 * @param caller who asked for it, as the journal tells
 * @param startedAt when it began, perhaps under an earlier Jenkins
 * @param listener its log
 */
record OperationWork(OperationRequest request, Caller caller, Instant startedAt, TaskListener listener) {
    FlowOutcome run() throws IOException, InterruptedException {
        return switch (request.kind()) {
            case ROLLBACK -> flow(resolve(request.environment()), new FlowRequest.Rollback(request.sha()));
            case PROMOTE -> promote();
            case WATCH -> watch();
        };
    }

    private FlowOutcome promote() throws IOException, InterruptedException {
        ResolvedEnvironment target = resolve(request.environment());
        ResolvedEnvironment source = resolve(request.from());
        FlowRequest.Promote promotion = new FlowRequest.Promote(
                source.environment(),
                request.sha(),
                OperationRequest.CONFIRMATION,
                request.overrideFreeze(),
                request.redeployRejected());
        return FlowRunner.promote(source, target, promotion, null, FlowLog.of(listener), caller);
    }

    private FlowOutcome watch() throws IOException, InterruptedException {
        ResolvedEnvironment environment = resolve(request.environment());
        LogProgress progress = new LogProgress(listener, Duration.between(startedAt, Instant.now()));
        CiWatch watch = CiWatches.start(
                environment,
                () -> resolve(request.environment()),
                null,
                new CommitSha(request.sha()),
                startedAt,
                progress);
        CiResult ci;
        try {
            ci = watch.result().get();
        } catch (ExecutionException e) {
            throw new IOException("The watch of CI ended: " + e.getCause().getMessage(), e);
        } finally {
            watch.cancel();
        }
        return settle(ci, progress);
    }

    /** A host that is away is waited for, as by the watches of builds. */
    private FlowOutcome settle(CiResult ci, LogProgress progress) throws IOException, InterruptedException {
        Retries retries = new Retries();
        for (boolean again = false; ; again = true) {
            FlowOutcome outcome =
                    flow(resolve(request.environment()), new FlowRequest.Settle(request.sha(), ci, startedAt, again));
            if (!outcome.away()) {
                return outcome;
            }
            Thread.sleep(retries.next(outcome.error(), progress).toMillis());
        }
    }

    private FlowOutcome flow(ResolvedEnvironment environment, FlowRequest flow) throws InterruptedException {
        return FlowRunner.run(environment, flow, null, FlowLog.of(listener), caller.by(), caller.buildUrl());
    }

    private static ResolvedEnvironment resolve(EnvironmentKey key) throws AbortException {
        return key.find()
                .orElseThrow(() -> new AbortException(Messages.OperationWork_noEnvironment(key)))
                .resolve();
    }
}

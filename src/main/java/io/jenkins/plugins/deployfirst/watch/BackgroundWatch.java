package io.jenkins.plugins.deployfirst.watch;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.deployfirst.action.LiveRecord;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A watch that outlives its build.
 *
 * <p>Its life: {@link BackgroundWatches} keeps it in a file and calls {@link #begin}; CI is then read by a shared timer,
 * without a thread or an executor. {@link #judged} hears the verdict, and {@link #settle} does on the host what it asks
 * for, on a thread of the pool: over the channel of the agent that deployed. While that agent or the host is away it is
 * tried again and again ({@link #tryAgain}), without a thread in between. The result is kept with the build, and only then
 * the watch is forgotten. A restart ({@link #detach}) begins it again, with the deadline that it had: CI says again what it
 * said, unless that is kept because the host was away, and a settling that was cut off may be done twice.
 */
final class BackgroundWatch {
    private static final Logger LOGGER = Logger.getLogger(BackgroundWatch.class.getName());

    private final Run<?, ?> run;
    private final Consumer<BackgroundWatch> forget;
    private final WatchLog log;
    private final Retries retries = new Retries();
    private volatile WatchState state;

    // Guarded by this.
    private CiWatch watch;
    private LiveRecord record;
    private Future<?> settling;
    private boolean over;

    /**
     * Makes one that has not begun.
     *
     * @param forget is told when it has ended
     */
    BackgroundWatch(Run<?, ?> run, WatchState state, Consumer<BackgroundWatch> forget) {
        this.run = run;
        this.state = state;
        this.forget = forget;
        this.log = new WatchLog(WatchAction.logFile(run, state.id()), startedAt());
    }

    /** Returns the build as Jenkins holds it now: a reload from disk makes another object of it. */
    private Run<?, ?> run() {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> now = state().run();
            return now == null ? run : now;
        }
    }

    boolean isOf(Run<?, ?> build) {
        return run.getExternalizableId().equals(build.getExternalizableId());
    }

    boolean isOf(Item job) {
        return run.getParent().getFullName().equals(job.getFullName());
    }

    WatchState state() {
        return state.of(run);
    }

    /** Starts, or starts again: reads CI, unless that has spoken already. */
    void begin() {
        try {
            ResolvedEnvironment environment = resolve();
            LiveRecord live = Records.watch(run(), state.environment(), environment.ci(), state.sha(), state.id());
            Optional<CiResult> known = state.verdict();
            synchronized (this) {
                if (!over) {
                    record = live;
                    if (known.isPresent()) {
                        settleSoon(known.get());
                    } else {
                        await(environment, live);
                    }
                }
            }
        } catch (AbortException | RuntimeException e) {
            fail(Outcome.NO_VERDICT, Verdict.ERROR, e);
        }
    }

    private synchronized void await(ResolvedEnvironment environment, LiveRecord live) throws AbortException {
        watch = CiWatches.start(environment, this::resolve, run, new CommitSha(state.sha()), startedAt(), log);
        watch.follow(live::checks);
        watch.result().whenCompleteAsync(this::judged, Computer.threadPoolForRemoting);
    }

    private void judged(CiResult ci, Throwable failure) {
        if (failure == null) {
            settleSoon(ci);
        } else if (!(failure instanceof CancellationException)) {
            fail(Outcome.NO_VERDICT, Verdict.ERROR, failure);
        }
    }

    private synchronized void settleSoon(CiResult ci) {
        if (!over) {
            settling = Computer.threadPoolForRemoting.submit(() -> settle(ci));
        }
    }

    private void settle(CiResult ci) {
        try (StreamTaskListener listener = log.open()) {
            Caller caller = Caller.of(run);
            ResolvedEnvironment environment = resolve();
            FlowRequest request = new FlowRequest.Settle(
                    state.sha(), ci, startedAt(), state.verdict().isPresent());
            FlowOutcome outcome = FlowRunner.call(
                    environment,
                    request,
                    WatchNode.channel(state.order().node(), environment),
                    live().log(listener),
                    caller.by(),
                    caller.buildUrl());
            if (outcome.away()) {
                keep(ci);
                tryAgain(ci, outcome.error());
                return;
            }
            listener.getLogger().println(outcome.error().isEmpty() ? "Done." : Records.sentence(outcome));
            if (end()) {
                live().end(run(), listener, outcome);
                forget.accept(this);
            }
        } catch (AbortException e) {
            fail(Outcome.PERSON_NEEDED, ci.verdict(), e);
        } catch (IOException e) {
            tryAgain(ci, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            // Jenkins goes down, or the watch was ended: whoever did that has said so.
            LOGGER.log(Level.FINE, e, () -> "The settling of " + this + " was cut off");
        } catch (RuntimeException e) {
            fail(Outcome.PERSON_NEEDED, ci.verdict(), e);
        }
    }

    /** Keeps what CI said: it may be asked no more by the time that the host is back. */
    private void keep(CiResult ci) {
        if (state.verdict().isPresent()) {
            return;
        }
        state = state.with(ci);
        try {
            BackgroundWatches.get().save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> this + " asks CI again after the next restart");
        }
    }

    /** A rollback must not be lost with the host, or the agent that leads to it. */
    private synchronized void tryAgain(CiResult ci, String reason) {
        settling = null;
        if (!over) {
            Duration pause = retries.next(reason, log);
            WatchTimer.get().schedule(() -> settleSoon(ci), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends it without having done what it is for, and leaves the host alone. */
    private void fail(Outcome outcome, Verdict verdict, Throwable failure) {
        if (!(failure instanceof AbortException)) {
            LOGGER.log(Level.WARNING, failure, () -> this + " failed");
        }
        giveUp(outcome, verdict, "The watch of CI ended: " + failure.getMessage());
    }

    /**
     * Ends it when its environment is gone, and leaves the host alone; what is being done there goes on to its end.
     */
    void endWithoutEnvironment() {
        if (isSettling() || !state.order().isWithoutEnvironment(run())) {
            return;
        }
        giveUp(
                Outcome.NO_VERDICT,
                Verdict.ERROR,
                "The watch of CI ended: environment " + state.environment() + " was removed.");
    }

    private void giveUp(Outcome outcome, Verdict verdict, String error) {
        if (!end()) {
            return;
        }
        log.warn(error + " " + state.environment() + " is left as it is.");
        Map<String, Object> map = Map.of(
                "environment",
                state.environment(),
                "verdict",
                verdict.name(),
                "sha",
                state.sha(),
                "durationMillis",
                Duration.between(startedAt(), Instant.now()).toMillis());
        try (StreamTaskListener listener = log.open()) {
            live().end(run(), listener, new FlowOutcome(outcome, map, error));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> this + " ended: " + error);
        }
        forget.accept(this);
    }

    /** Returns what the build's page shows of it; what could not begin is told there too. */
    private synchronized LiveRecord live() {
        if (record == null) {
            record = Records.watch(run(), state.environment(), Optional.empty(), state.sha(), state.id());
        }
        return record;
    }

    private synchronized void forgetRecord() {
        if (record != null) {
            record.forget();
        }
    }

    /** Ends it with a line in Jenkins' own log, since its build, and the log there, are being deleted. */
    void drop(String what) {
        if (end()) {
            forgetRecord();
            LOGGER.log(
                    Level.WARNING,
                    () -> this + " ended, because " + what + " was deleted. " + state.environment()
                            + " is left as it is.");
            forget.accept(this);
        }
    }

    /** Ends what this process does of it: the next Jenkins goes on. */
    synchronized void detach() {
        if (end() && settling != null) {
            settling.cancel(true);
        }
    }

    private synchronized boolean isSettling() {
        return settling != null;
    }

    /** Returns whether this call ended it. A settling is not interrupted: it may be the caller, which has to save yet. */
    private synchronized boolean end() {
        if (over) {
            return false;
        }
        over = true;
        if (watch != null) {
            watch.cancel();
        }
        return true;
    }

    private ResolvedEnvironment resolve() throws AbortException {
        return state.order().resolve(run);
    }

    private Instant startedAt() {
        return Instant.ofEpochMilli(state.startedAt());
    }

    @Override
    public String toString() {
        return "The watch of " + state.sha() + " on " + state.environment() + " for " + run.getExternalizableId();
    }
}

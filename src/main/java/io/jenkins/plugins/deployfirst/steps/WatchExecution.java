package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.XmlFile;
import hudson.init.Terminator;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.SaveableListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.deployfirst.action.LiveRecord;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.EngineJson;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.LogProgress;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import io.jenkins.plugins.deployfirst.watch.Retries;
import io.jenkins.plugins.deployfirst.watch.WatchTimer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * A watch of a release's CI, from the start of the step to its end.
 *
 * <p>It has two parts, and {@link #verdict} tells in which one it is:
 *
 * <ol>
 *   <li><b>Waiting</b> ({@code verdict} is null). {@link #start} marks the step as paused and has the program saved; only
 *       then {@link #proceed} starts a {@link CiWatch}, which holds no thread and no executor: a shared timer starts its
 *       reads, and their answers come asynchronously. The controller reads, also inside {@code node}, so that the token
 *       stays on it. {@link #judged} hears the verdict.
 *   <li><b>Settling</b>. The verdict is kept and saved, and a thread of the pool does on the host what it asks for, by
 *       the agent's channel when the step is inside {@code node}, or by an agent of the environment's {@code via}. A
 *       host or an agent that is away is {@linkplain #tryAgain tried again}, for a day and without a thread in between,
 *       because a rollback must not be lost with it. {@link #settled} ends the step.
 * </ol>
 *
 * <p>Who calls what:
 *
 * <ul>
 *   <li>A restart: {@link #detachAll} ends the reads of the Jenkins that goes down, so that they do not go on beside
 *       those of the next one; {@link #onResume} goes on in the part that it was in. The deadline counts from {@link
 *       #startedAt}, so a restart does not make a watch longer; when it has passed meanwhile, CI is read once more, at
 *       once. A settling that was cut off is done again: the host's journal tells how far it had come.
 *   <li>{@link #stop} (an aborted build, {@code timeout}) ends the waiting at once and leaves the host alone; a settling
 *       is interrupted, and the step ends when the command on the host has ended.
 *   <li>{@link Environments} ends the waiting when the environment is removed: nobody could do what a verdict asks for.
 *   <li>A safe restart waits for a settling, and not for a waiting watch.
 * </ul>
 */
public final class WatchExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(WatchExecution.class.getName());
    private static final Pattern FULL_SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int PATIENCE_SECONDS = 60;

    /** The watches of this process that have not ended. */
    private static final Set<WatchExecution> LIVE = ConcurrentHashMap.newKeySet();

    // Serialized state. What the step was asked for:
    private final String environment;
    private final EnvironmentDefinition definition;
    /** The commit; full from the first read on. */
    private volatile String sha;

    private final boolean failBuild;
    /** The node whose agent settles: its name, empty for the built-in node; null outside {@code node}. */
    private final String node;
    /** The variables around the step that say which Docker a local host uses. */
    private final Map<String, String> docker;
    /** When the watch began, in milliseconds since 1970. */
    private final long startedAt;
    /** What CI said, as {@link EngineJson}; null while that is not known. */
    private volatile String verdict;

    /** Whether the last attempt to do what the verdict asks for found the host away. */
    private volatile boolean away;

    // Live handles, guarded by this: null and false after a restart.
    private transient CiWatch watch;
    private transient Work settling;
    private transient Retries retries;
    private transient Throwable stopCause;
    private transient boolean detached;
    private transient boolean ended;
    private transient LiveRecord record;

    WatchExecution(WatchCiAndRollbackStep step, StepContext context) throws IOException, InterruptedException {
        super(context);
        this.environment = step.getEnvironment();
        this.definition = step.getDefinition();
        this.failBuild = step.isFailBuild();
        StepSite site = StepSite.of(context);
        this.node = site.node();
        this.docker = site.docker();
        this.sha = WatchedCommit.of(step, site);
        this.startedAt = System.currentTimeMillis();
    }

    @Override
    public boolean start() throws Exception {
        getContext().get(FlowNode.class).addAction(new PauseAction(Messages.WatchExecution_pause()));
        // A lost watch is a lost rollback: it is saved before it waits.
        getContext().saveState().addListener(this::proceed, Computer.threadPoolForRemoting);
        return false;
    }

    @Override
    public void onResume() {
        Computer.threadPoolForRemoting.execute(this::proceed);
    }

    /** Goes on in the part that it is in. */
    private void proceed() {
        synchronized (this) {
            if (isOver()) {
                return;
            }
            LIVE.add(this);
        }
        try {
            Run<?, ?> run = getContext().get(Run.class);
            ResolvedEnvironment resolved = resolve(run);
            learnInFull(run, resolved);
            follow(run, resolved);
            if (verdict == null) {
                await(run, resolved);
            } else {
                settle();
            }
        } catch (Exception | LinkageError e) {
            // Whatever it is, a watch must not end unheard.
            end(null, e);
        }
    }

    /** An abbreviation is looked up once: after a restart the agent, or the host, may be away. */
    private void learnInFull(Run<?, ?> run, ResolvedEnvironment resolved) throws IOException, InterruptedException {
        if (!FULL_SHA.matcher(sha).matches()) {
            sha = WatchedCommit.inFull(
                    sha, resolved, run, way(resolved), getContext().get(TaskListener.class));
            getContext().saveState();
        }
    }

    /** Shows on the page of the build that it is under way. */
    private void follow(Run<?, ?> run, ResolvedEnvironment resolved) {
        String name = resolved.environment().name();
        LiveRecord live = Records.watch(run, name, resolved.ci(), sha, "");
        synchronized (this) {
            record = live;
        }
    }

    private void await(Run<?, ?> run, ResolvedEnvironment resolved) throws IOException, InterruptedException {
        CommitSha commit = new CommitSha(sha);
        LogProgress progress = progress();
        synchronized (this) {
            if (isOver()) {
                return;
            }
            watch = CiWatches.start(resolved, () -> resolve(run), run, commit, began(), progress);
            watch.follow(record::checks);
            watch.result().whenCompleteAsync(this::judged, Computer.threadPoolForRemoting);
        }
    }

    private void judged(CiResult ci, Throwable failure) {
        if (failure instanceof CancellationException) {
            return;
        }
        if (failure != null) {
            end(null, failure);
            return;
        }
        verdict = EngineJson.write(ci, CiResult.class);
        getContext().saveState();
        settle();
    }

    private synchronized void settle() {
        watch = null;
        if (!isOver()) {
            settling = Work.start("watchCiAndRollback", this::settleOnce, this::settled);
        }
    }

    private Object settleOnce() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Caller caller = Caller.of(run);
        CiResult ci = EngineJson.read(verdict, CiResult.class);
        FlowRequest request = new FlowRequest.Settle(sha, ci, began(), away);
        TaskListener listener = getContext().get(TaskListener.class);
        ResolvedEnvironment resolved = resolve(run);
        return FlowRunner.call(resolved, request, way(resolved), live().log(listener), caller.by(), caller.buildUrl());
    }

    private void settled(Object outcome, Throwable failure) {
        synchronized (this) {
            settling = null;
            if (detached) {
                return;
            }
        }
        try {
            if (outcome instanceof FlowOutcome flow && flow.away()) {
                away = true;
                getContext().saveState();
                tryAgain(flow.error());
            } else if (outcome != null) {
                finish((FlowOutcome) outcome);
            } else if (failure instanceof IOException lost && !(failure instanceof AbortException)) {
                agentLost(lost);
            } else {
                end(null, failure);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(null, e);
        }
    }

    private void tryAgain(String reason) throws IOException, InterruptedException {
        synchronized (this) {
            if (stopCause == null) {
                retries = retries == null ? new Retries() : retries;
                Duration pause = retries.next(reason, progress());
                WatchTimer.get().schedule(this::settle, pause.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        }
        end(null, null);
    }

    /** The agent was lost, or is not back yet after a restart. */
    private void agentLost(IOException lost) throws IOException, InterruptedException {
        CiRules rules = resolve(getContext().get(Run.class)).environment().ciRules();
        if (Instant.now().isBefore(rules.triedUntil(began()))) {
            tryAgain(lost.getMessage());
            return;
        }
        end(
                null,
                new AbortException(
                        "CI said " + EngineJson.read(verdict, CiResult.class).verdict() + ", and nothing"
                                + " was done about it, because the agent is gone: " + lost.getMessage()
                                + " Bring it back and run watchCiAndRollback again, or put the step outside node { }."));
    }

    private void finish(FlowOutcome outcome) throws IOException, InterruptedException {
        TaskListener listener = getContext().get(TaskListener.class);
        live().end(getContext().get(Run.class), listener, outcome);
        switch (outcome.outcome()) {
            case DONE -> end(outcome.map(), null);
            case NO_VERDICT -> {
                if (failBuild) {
                    markUnstable(Records.sentence(outcome));
                }
                end(outcome.map(), null);
            }
            case ROLLED_BACK -> {
                if (failBuild) {
                    end(null, new AbortException(rolledBack(outcome)));
                } else {
                    end(outcome.map(), null);
                }
            }
            default -> end(null, new AbortException(Records.sentence(outcome)));
        }
    }

    private synchronized LiveRecord live() {
        return record;
    }

    private String rolledBack(FlowOutcome outcome) {
        // What ran before the first deployment may be known by the tag of its images only.
        String to = String.valueOf(outcome.map().get("rolledBackTo"));
        return outcome.map().get("environment") + ": " + new CommitSha(sha).abbreviated() + " was taken back to "
                + (FULL_SHA.matcher(to).matches() ? new CommitSha(to).abbreviated() : to) + ": " + outcome.error();
    }

    /** Does what the step {@code unstable} does. */
    private void markUnstable(String message) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println("UNSTABLE: " + message);
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
        getContext().get(Run.class).setResult(Result.UNSTABLE);
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        synchronized (this) {
            stopCause = cause;
            if (settling != null) {
                settling.stop();
                WatchTimer.get().schedule(() -> end(null, cause), PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            }
            if (watch != null) {
                watch.cancel();
            }
        }
        end(null, cause);
    }

    /** Ends the waiting when the environment is gone. */
    private void endWithoutEnvironment() {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            synchronized (this) {
                if (watch == null
                        || definition != null
                        || DeployFirstConfiguration.get().defines(environment, run.getParent())) {
                    return;
                }
                watch.cancel();
            }
            end(
                    null,
                    new AbortException("The watch of CI ended: environment " + environment + " was removed. "
                            + environment + " is left as it is."));
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, e, () -> "A watch whose build cannot be asked ends by itself");
        }
    }

    /** Ends the step, once. */
    private void end(@CheckForNull Object result, @CheckForNull Throwable failure) {
        Throwable reason;
        synchronized (this) {
            if (ended || detached) {
                return;
            }
            ended = true;
            reason = stopCause == null ? failure : stopCause;
        }
        LIVE.remove(this);
        try {
            if (live() != null) {
                live().abort(getContext().get(Run.class));
            }
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
            if (reason instanceof AbortException problem) {
                StepSite.of(getContext()).tellWhereToMend(definition == null ? environment : "", problem);
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> "The end of a pause could not be saved");
        }
        if (reason == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(reason);
        }
    }

    private synchronized boolean isOver() {
        return ended || detached || stopCause != null;
    }

    /** Ends what this process waits for: Jenkins goes down, and the next one goes on. */
    @Terminator
    public static void detachAll() {
        LIVE.forEach(WatchExecution::detach);
        LIVE.clear();
    }

    private synchronized void detach() {
        detached = true;
        if (watch != null) {
            watch.cancel();
        }
    }

    private ResolvedEnvironment resolve(Run<?, ?> run) throws AbortException {
        return DeployFirstConfiguration.get()
                .choose(environment, definition, run.getParent(), node != null)
                .resolve(run)
                .withDocker(docker == null ? Map.of() : docker);
    }

    /** Returns what leads to the step's agent; null for the controller, and where the environment has agents of its own. */
    @CheckForNull
    private VirtualChannel way(ResolvedEnvironment resolved) throws IOException {
        return resolved.via().isPresent() ? null : channel();
    }

    @CheckForNull
    private VirtualChannel channel() throws IOException {
        if (node == null) {
            return null;
        }
        Computer computer = Jenkins.get().getComputer(node);
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        if (channel == null) {
            throw new IOException("The agent " + node + " is offline.");
        }
        return channel;
    }

    private Instant began() {
        return Instant.ofEpochMilli(startedAt);
    }

    private LogProgress progress() throws IOException, InterruptedException {
        Duration elapsed = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - startedAt));
        return new LogProgress(getContext().get(TaskListener.class), elapsed);
    }

    /** Hears of environments that are removed. */
    @Extension
    public static final class Environments extends SaveableListener {
        @Override
        public void onChange(@NonNull Saveable changed, @NonNull XmlFile file) {
            if (DeployFirstConfiguration.isConcernedBy(changed)) {
                LIVE.forEach(watch -> Computer.threadPoolForRemoting.execute(watch::endWithoutEnvironment));
            }
        }
    }

    /** A safe restart waits for what is being done on the host. */
    @Override
    public synchronized boolean blocksRestart() {
        return settling != null;
    }

    @Override
    public String getStatus() {
        String name = definition == null ? environment : definition.getName();
        String time = DurationText.format(Duration.ofMillis(System.currentTimeMillis() - startedAt));
        String known = verdict;
        return known == null
                ? "watching the CI of " + sha + " on " + name + " for " + time
                : "acting on " + EngineJson.read(known, CiResult.class).verdict() + " on " + name;
    }
}

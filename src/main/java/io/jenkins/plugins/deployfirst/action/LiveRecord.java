package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.Terminator;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A step of a build while it is under way, as the pages of the build show it.
 *
 * <p>Its life: {@link Records#begin} keeps with the build that it has begun. {@link #log} and {@link #checks} feed it, and
 * {@link #snapshot} is what a page shows. {@link #end} or {@link #abort} replace what was kept by what it came to. A Jenkins
 * that goes down leaves behind that it has begun: the next one finds nobody who follows it, and shows it as cut off, unless
 * it is a watch, which {@link Records#begin} takes up again.
 */
public final class LiveRecord {
    private static final Logger LOGGER = Logger.getLogger(LiveRecord.class.getName());

    /** The steps of this process that are under way. */
    private static final ConcurrentMap<String, LiveRecord> ALL = new ConcurrentHashMap<>();

    private final RecordDraft draft;
    private final LiveTimeline timeline = new LiveTimeline();
    private final AtomicBoolean over = new AtomicBoolean();

    LiveRecord(RecordDraft draft) {
        this.draft = draft;
    }

    @CheckForNull
    static LiveRecord of(String id) {
        return ALL.get(id);
    }

    /** Keeps with the build that it has begun; a slow disk delays nothing. */
    void begin(Run<?, ?> run) {
        ALL.put(draft.id(), this);
        DeploymentAction.put(run, snapshot());
        Computer.threadPoolForRemoting.execute(() -> save(run));
    }

    private static void save(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> run + " could not be saved");
        }
    }

    /** Returns where the next flow of the step tells what it does. */
    public FlowLog log(TaskListener listener) {
        return new FlowLog(listener, timeline.follow(), PhaseNote.mark(draft.id()));
    }

    /** Hears what a read of CI has found. */
    public void checks(List<Check> found) {
        timeline.checks(found);
    }

    /** Returns what there is to show of it now. */
    DeploymentRecord snapshot() {
        return record(DeploymentRecord.RUNNING, Map.of(), "");
    }

    /** Keeps with the build what it came to; a disk that is full must not hide what happened on the host. */
    public void end(Run<?, ?> run, TaskListener listener, FlowOutcome outcome) {
        if (over.compareAndSet(false, true)) {
            DeploymentAction.put(run, record(outcome.outcome().name(), outcome.map(), outcome.error()));
            ALL.remove(draft.id());
            try {
                run.save();
            } catch (IOException e) {
                listener.error("The result could not be kept with the build: %s", e.getMessage());
            }
        }
    }

    /** Keeps with the build that it was aborted, unless it has ended. */
    public void abort(Run<?, ?> run) {
        if (over.compareAndSet(false, true)) {
            DeploymentAction.put(run, record(DeploymentRecord.ABORTED, Map.of(), ""));
            ALL.remove(draft.id());
            Computer.threadPoolForRemoting.execute(() -> save(run));
        }
    }

    /** Follows it no more, and leaves in the build what is there. */
    public void forget() {
        over.set(true);
        ALL.remove(draft.id());
    }

    /** Follows nothing any more: Jenkins goes down. */
    @Terminator
    public static void forgetAll() {
        ALL.values().forEach(LiveRecord::forget);
    }

    private DeploymentRecord record(String outcome, Map<String, Object> result, String error) {
        return new DeploymentRecord(draft, outcome, draft.with(result), error, timeline);
    }
}

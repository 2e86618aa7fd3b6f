package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.Optional;

/** A release that one environment has validated is carried on to another one, which has no CI of its own to wait for. */
final class Promotion implements Occasion {
    private static final int LONGEST = 500;

    private final ValidatedResult validated;
    private final String from;
    private final Environment to;
    private final FlowContext context;
    private final Freeze freeze;
    private String backup = "";

    /**
     * Prepares a promotion.
     *
     * @param validated the release, as the environment that validated it tells of it
     * @param freeze asked again when the lock is had
     */
    Promotion(ValidatedResult validated, Environment to, FlowContext context, Freeze freeze) {
        this.validated = validated;
        this.from = validated.environment();
        this.to = to;
        this.context = context;
        this.freeze = freeze;
    }

    /** Returns the last line that the backup printed; empty when none was made. */
    String backup() {
        return backup;
    }

    @Override
    public void admit() {
        freeze.pass();
    }

    @Override
    public void announce(Messages messages, Release release, Release live) {
        context.progress().info("Validated on " + from + ": " + release.sha() + " " + release.subject());
        context.progress().info("Live on " + to.name() + ": " + live.sha() + " " + live.subject());
        messages.promoting(from, release, live);
    }

    /** A second run, after a lost connection, keeps the first one's backup: by now it might be one of a half-made change. */
    @Override
    public void prepare(Change change) throws InterruptedException {
        change.expectImages(validated);
        if (to.promotion().backup().isPresent() && backup.isEmpty()) {
            String printed = change.backUp(to.promotion().backup().get());
            backup = printed.isEmpty() ? "made" : OneLine.of(printed, LONGEST);
        }
    }

    @Override
    public JournalEntry describe(JournalEntry started) {
        return started.with("from", from).with("overrideFreeze", freeze.overridden());
    }

    /** The release before this one; after a run that died half way, the one that it would have returned to. */
    @Override
    public Optional<HostState.RollbackPoint> rollbackPoint(HostState before, Release release) {
        Release previous = before.journal()
                .interrupted()
                .map(entry -> entry.is(Event.DEPLOY_STARTED) ? entry.get("rollbackPoint") : entry.sha())
                .filter(sha -> !sha.isEmpty())
                .map(Release::of)
                .orElse(before.live());
        return previous.is(release)
                ? before.rollbackPoint()
                : Optional.of(new HostState.RollbackPoint(previous, false));
    }

    /** What is live here and healthy is what the next failure returns to. */
    @Override
    public void succeed(Change change, Messages messages, Release release, Release before) throws InterruptedException {
        JournalEntry promoted = entry(Event.PROMOTED, release)
                .with("previousSha", before.sha())
                .with("backup", backup)
                .with("overrideFreeze", freeze.overridden());
        change.validate(promoted, entry(Event.VALIDATED, release));
        messages.promoted(from, release);
    }

    @Override
    public void fail(Change change, Release goingBackTo) {
        change.printCommands(
                "Going back by itself. Should that be cut off, these commands go to " + goingBackTo.name() + ":",
                goingBackTo);
    }

    private JournalEntry entry(Event event, Release release) {
        return JournalEntry.now(event, context.by(), context.build())
                .with("sha", release.sha())
                .with("from", from);
    }
}

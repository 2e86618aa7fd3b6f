package io.jenkins.plugins.deployfirst.overview;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What is known of every environment. Whoever asks is answered at once, from memory: hosts are looked at in the background,
 * while somebody looks at the page, after what this Jenkins has changed, and when somebody asks for it.
 */
@Extension
public final class StatusBoard {
    /** How many entries of the journal the pages show. */
    static final int ENTRIES = 50;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_OF_PEOPLE = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_WHEN_FAILING = TimeUnit.SECONDS.toNanos(60);

    private final Map<EnvironmentKey, KnownStatus> known = new ConcurrentHashMap<>();
    private final Map<EnvironmentKey, Long> lookedAt = new ConcurrentHashMap<>();
    private final LookQueue queue = new LookQueue(this::look);

    public static StatusBoard get() {
        return ExtensionList.lookupSingleton(StatusBoard.class);
    }

    /** Returns what is known now. */
    KnownStatus of(DefinedEnvironment environment) {
        return known.compute(
                EnvironmentKey.of(environment),
                (key, before) -> before != null && before.place().equals(environment.place())
                        ? before
                        : StatusFiles.read(environment));
    }

    boolean isBeingLookedAt(DefinedEnvironment environment) {
        return queue.isAsked(EnvironmentKey.of(environment));
    }

    /** Somebody looks at these: those that were not looked at for a while are looked at anew. */
    void refresh(List<DefinedEnvironment> watched) {
        long now = System.nanoTime();
        for (DefinedEnvironment environment : watched) {
            EnvironmentKey key = EnvironmentKey.of(environment);
            Long last = lookedAt.get(key);
            long pause = of(environment).isFailing() ? PAUSE_WHEN_FAILING : PAUSE;
            if (!environment.isOnAgents() && (last == null || now - last > pause)) {
                queue.ask(key);
            }
        }
    }

    /** Somebody wants an environment looked at, unless that was done this very moment. */
    void lookAgain(DefinedEnvironment environment) {
        Long last = lookedAt.get(EnvironmentKey.of(environment));
        if (last == null || System.nanoTime() - last > PAUSE_OF_PEOPLE) {
            lookNow(environment);
        }
    }

    /** Has an environment looked at as soon as possible. */
    void lookNow(DefinedEnvironment environment) {
        if (!environment.isOnAgents()) {
            queue.askFirst(EnvironmentKey.of(environment));
        }
    }

    /** Forgets those that are not defined any more. */
    void prune() {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            known.keySet().removeIf(key -> key.find().isEmpty());
        }
        lookedAt.keySet().retainAll(known.keySet());
    }

    /** Blocks until done, or interrupted because that takes too long. */
    private void look(EnvironmentKey key) {
        Optional<DefinedEnvironment> found = key.find();
        if (found.isEmpty()) {
            return;
        }
        DefinedEnvironment environment = found.get();
        KnownStatus before = of(environment);
        KnownStatus now = look(environment, before);
        if (queue.isStopped() || !isThere(key, environment)) {
            return;
        }
        lookedAt.put(key, System.nanoTime());
        known.put(key, now);
        StatusFiles.write(environment, now);
    }

    /** Settings may have been changed meanwhile, and mean another host now. */
    private static boolean isThere(EnvironmentKey key, DefinedEnvironment environment) {
        return key.find().filter(now -> now.place().equals(environment.place())).isPresent();
    }

    /** Looks at nothing any more: Jenkins goes down. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(StatusBoard.class).forEach(board -> board.queue.stop());
    }

    private static String pageOf(String sha, ResolvedEnvironment environment) {
        return environment
                .ci()
                .map(server -> server.commitPage(Http.onController(), sha))
                .orElse("");
    }

    private static KnownStatus look(DefinedEnvironment environment, KnownStatus before) {
        try {
            ResolvedEnvironment resolved = environment.resolve();
            FlowOutcome outcome = FlowRunner.run(
                    resolved, new FlowRequest.Status(ENTRIES), null, FlowLog.of(TaskListener.NULL), "Jenkins", "");
            long now = System.currentTimeMillis();
            return outcome.outcome() == Outcome.DONE
                    ? before.seen(new SeenStatus(outcome.map()).withPages(sha -> pageOf(sha, resolved)), now)
                    : before.failed(outcome.error(), now);
        } catch (AbortException e) {
            return before.failed(e.getMessage(), System.currentTimeMillis());
        } catch (InterruptedException e) {
            return before.failed(Messages.StatusBoard_deadline(LookQueue.DEADLINE_SECONDS), System.currentTimeMillis());
        }
    }
}

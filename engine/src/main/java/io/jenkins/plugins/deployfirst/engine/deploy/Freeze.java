package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.time.InstantSource;
import java.util.Optional;

/** Whether a promotion may be done now: asked before it, and again when a long wait for the lock may lie between. */
final class Freeze {
    private final Environment target;
    private final FlowContext context;
    private final String stated;
    private final InstantSource clock;
    private String overridden = "";

    /**
     * Prepares the question.
     *
     * @param reason why it may be done in a freeze all the same
     */
    Freeze(Environment target, FlowContext context, Optional<String> reason, InstantSource clock) {
        this.target = target;
        this.context = context;
        this.stated = reason.orElse("").strip();
        this.clock = clock;
    }

    /** Returns the reason that has overridden a freeze; empty when there was none to override. */
    String overridden() {
        return overridden;
    }

    /**
     * Asks.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) in a freeze, when no reason is stated
     */
    void pass() {
        Optional<FreezeWindows.Window> freeze = target.promotion().freeze().at(clock.instant());
        if (freeze.isEmpty()) {
            return;
        }
        String window = freeze.get().describe();
        if (stated.isEmpty()) {
            throw DeployFirstException.unchanged(
                    "freeze: nothing is promoted to " + target.name() + " now (" + window + ").",
                    "Wait for its end, or state a reason (--override-freeze, or the parameter overrideFreeze).");
        }
        if (overridden.isEmpty()) {
            context.progress().warn("Overriding the freeze of " + target.name() + " (" + window + "): " + stated);
            overridden = stated;
        }
    }
}

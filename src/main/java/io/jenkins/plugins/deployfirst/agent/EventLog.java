package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Numbers the events of a flow, tells each at once, and keeps them: what was lost on the way is told again with the result.
 */
final class EventLog {
    private static final Logger LOGGER = Logger.getLogger(EventLog.class.getName());

    /** Far more than a flow has; a page shows no more. */
    private static final int MOST = 300;

    private final FlowEvents follower;
    private final List<FlowEvent> phases = new ArrayList<>();
    private final List<FlowEvent> attempts = new ArrayList<>();
    private final Map<String, FlowEvent.Phase> running = new LinkedHashMap<>();

    EventLog(@CheckForNull FlowEvents follower) {
        this.follower = follower;
    }

    synchronized void started(String name, long atMillis) {
        if (phases.size() < MOST) {
            FlowEvent.Phase phase = new FlowEvent.Phase(phases.size(), name, atMillis, -1, "");
            phases.add(phase);
            running.put(name, phase);
            tell(phase);
        }
    }

    synchronized void ended(String name, Duration duration, String failure) {
        FlowEvent.Phase begun = running.remove(name);
        if (begun != null) {
            FlowEvent.Phase phase = new FlowEvent.Phase(
                    begun.number(), name, begun.startMillis(), begun.startMillis() + duration.toMillis(), failure);
            phases.set(phase.number(), phase);
            tell(phase);
        }
    }

    synchronized void probed(Attempt attempt) {
        if (attempts.size() < MOST) {
            FlowEvent probed = new FlowEvent.Probed(attempts.size(), attempt);
            attempts.add(probed);
            tell(probed);
        }
    }

    /** Returns all of them, in the state that they have now. */
    synchronized List<FlowEvent> all() {
        List<FlowEvent> all = new ArrayList<>(phases);
        all.addAll(attempts);
        return all;
    }

    private void tell(FlowEvent event) {
        if (follower == null) {
            return;
        }
        try {
            follower.heard(event);
        } catch (RuntimeException e) {
            // The controller is away; the flow goes on, and the page learns of it at the end.
            LOGGER.log(Level.FINE, e, () -> "An event was not delivered");
        }
    }
}

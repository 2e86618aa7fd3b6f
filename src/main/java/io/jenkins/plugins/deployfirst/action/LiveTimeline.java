package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.agent.FlowEvent;
import io.jenkins.plugins.deployfirst.agent.FlowEvents;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a step while it is under way: phases, the answers of its health gate, the checks of CI. Several threads
 * tell it, some of them for an agent, which is not trusted to be brief.
 */
final class LiveTimeline {
    /** More than any flow has events of a kind. */
    private static final int ROOM = 1000;

    private static final int MOST_PHASES = 300;
    private static final int MOST_ATTEMPTS = 30;
    private static final int MOST_CHECKS = 200;

    private final Map<Integer, FlowEvent.Phase> phases = new TreeMap<>();
    private final TreeMap<Integer, AttemptRecord> attempts = new TreeMap<>();
    private List<CheckRecord> checks = List.of();
    private int flows;

    /** Returns what hears the next flow of the step; a flow that is cut off may be run again. */
    synchronized FlowEvents follow() {
        int first = flows * ROOM;
        flows++;
        return event -> hear(first, event);
    }

    private synchronized void hear(int first, FlowEvent event) {
        if (event.number() < 0 || event.number() >= ROOM) {
            return;
        }
        int place = first + event.number();
        if (event instanceof FlowEvent.Phase phase && (phases.size() < MOST_PHASES || phases.containsKey(place))) {
            // The word of its beginning may come after that of its end.
            phases.merge(place, phase, (known, told) -> known.isRunning() ? told : known);
        } else if (event instanceof FlowEvent.Probed probed) {
            attempts.put(place, new AttemptRecord(probed.attempt()));
            if (attempts.size() > MOST_ATTEMPTS) {
                attempts.pollFirstEntry();
            }
        }
    }

    /** Hears what a read of CI has found. */
    synchronized void checks(List<Check> found) {
        checks = found.stream().limit(MOST_CHECKS).map(CheckRecord::new).toList();
    }

    /** Returns the phases in the order in which they began; what is under way has taken the time until now. */
    synchronized List<PhaseRecord> phases(long nowMillis) {
        return phases.values().stream()
                .map(phase -> PhaseRecord.of(phase, nowMillis))
                .toList();
    }

    /** Returns the last answers of the gate, oldest first. */
    synchronized List<AttemptRecord> attempts() {
        return new ArrayList<>(attempts.values());
    }

    synchronized List<CheckRecord> checks() {
        return checks;
    }
}

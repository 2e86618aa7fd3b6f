package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import java.io.Serializable;

/**
 * Something that a flow tells of itself, for a page that shows it live. Events may arrive late, twice, and in another order
 * than they were told: their numbers say where they belong.
 */
public sealed interface FlowEvent extends Serializable {
    /** Returns its number among the flow's events of the same kind, from 0. */
    int number();

    /**
     * A phase that has begun or ended.
     *
     * @param startMillis when it began, from the flow's start
     * @param endMillis when it ended, from the flow's start; negative while it is under way
     * @param failure one line; empty when it has not failed
     */
    record Phase(int number, String name, long startMillis, long endMillis, String failure) implements FlowEvent {
        public boolean isRunning() {
            return endMillis < 0;
        }
    }

    /** An answer that a health gate had. */
    record Probed(int number, Attempt attempt) implements FlowEvent {}
}

package io.jenkins.plugins.deployfirst.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;

/**
 * Where a flow tells what it does.
 *
 * @param listener the log
 * @param events hears what a page shows live; null: nobody does
 * @param mark a console note for the line of each phase, as it stands in the log; empty for none. It comes from the
 *     controller, because Jenkins ignores notes that an agent has made.
 */
public record FlowLog(TaskListener listener, @CheckForNull FlowEvents events, String mark) {
    /** Returns one that is only a log. */
    public static FlowLog of(TaskListener listener) {
        return new FlowLog(listener, null, "");
    }
}

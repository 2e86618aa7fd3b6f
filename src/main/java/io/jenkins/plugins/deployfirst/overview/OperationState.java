package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;

/** What is kept of an operation in its file; it never changes, another one takes its place. */
final class OperationState {
    /** The outcome of an operation that ended because Jenkins did. */
    static final String CUT_OFF = "CUT_OFF";

    /** The outcome of an operation that somebody stopped. */
    static final String STOPPED = "STOPPED";

    private final OperationRequest request;
    private final String user;
    private final long startedAt;
    private final long endedAt;
    private final String outcome;
    private final String error;

    private OperationState(
            OperationRequest request, String user, long startedAt, long endedAt, String outcome, String error) {
        this.request = request;
        this.user = user;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.outcome = outcome;
        this.error = error;
    }

    static OperationState begun(OperationRequest request, String user) {
        return new OperationState(request, user, System.currentTimeMillis(), 0, "", "");
    }

    OperationState ended(FlowOutcome flow) {
        return ended(flow.outcome().name(), flow.error());
    }

    OperationState ended(String how, String why) {
        return new OperationState(request, user, startedAt, System.currentTimeMillis(), how, why);
    }

    /** Returns null in a file that is damaged. */
    @CheckForNull
    OperationRequest request() {
        return request;
    }

    /** Returns the id of the user who asked. */
    String user() {
        return Util.fixNull(user);
    }

    long startedAt() {
        return startedAt;
    }

    /** Returns 0 while it goes on. */
    long endedAt() {
        return endedAt;
    }

    /** Returns the name of the engine's outcome, {@value #CUT_OFF} or {@value #STOPPED}; empty while it goes on. */
    String outcome() {
        return Util.fixNull(outcome);
    }

    /** Returns what failed, in one line; empty when nothing did. */
    String error() {
        return Util.fixNull(error);
    }
}

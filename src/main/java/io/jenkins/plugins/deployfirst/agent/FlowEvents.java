package io.jenkins.plugins.deployfirst.agent;

import hudson.remoting.Asynchronous;

/** Hears on the controller what a flow tells, a few events a phase; a flow on an agent does not wait for it. */
@FunctionalInterface
public interface FlowEvents {
    /** Hears it; must not block. */
    @Asynchronous
    void heard(FlowEvent event);
}

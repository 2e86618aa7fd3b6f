package io.jenkins.plugins.deployfirst.agent;

import hudson.remoting.Asynchronous;
import java.io.Serializable;

/**
 * Hears on the controller what a flow tells, a few events a phase; a flow on an agent does not wait for it. What travels to
 * an agent is a proxy.
 */
@FunctionalInterface
public interface FlowEvents extends Serializable {
    /** Hears it; must not block. */
    @Asynchronous
    void heard(FlowEvent event);
}

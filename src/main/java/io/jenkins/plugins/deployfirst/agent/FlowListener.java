package io.jenkins.plugins.deployfirst.agent;

import hudson.ExtensionPoint;

/** Hears of what flows of this Jenkins may have changed. */
public interface FlowListener extends ExtensionPoint {
    /**
     * A flow that may have changed an environment has ended, in whatever way. Must not block.
     *
     * @param environment its name, wherever it is defined
     * @param directory where it is on its host
     */
    void onEnded(String environment, String directory);
}

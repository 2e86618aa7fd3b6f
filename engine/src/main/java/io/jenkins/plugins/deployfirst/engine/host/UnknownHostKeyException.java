package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;

/** A host showed a key that is not known; nothing was sent to it. */
public final class UnknownHostKeyException extends DeployFirstException {
    private static final long serialVersionUID = 1L;

    private final String knownHostsLine;

    UnknownHostKeyException(String problem, String remedy, String knownHostsLine, Throwable cause) {
        super(Outcome.FAILED_UNCHANGED, problem, remedy, cause);
        this.knownHostsLine = knownHostsLine;
    }

    /** Returns the line of known_hosts that would make the key known; only for somebody who compared the fingerprint. */
    public String knownHostsLine() {
        return knownHostsLine;
    }
}

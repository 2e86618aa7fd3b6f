package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;

/** The host does not answer, at the moment at least: trying again may help. */
public class UnreachableException extends DeployFirstException {
    private static final long serialVersionUID = 1L;

    public UnreachableException(String problem, String remedy, Throwable cause) {
        super(Outcome.FAILED_UNCHANGED, problem, remedy, cause);
    }
}

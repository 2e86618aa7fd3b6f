package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.Map;

/** A host as the environment file describes it; its key file and secrets are read when it is used. */
interface HostDefinition {
    /**
     * Reads what proves who we are.
     *
     * @param variables the process's environment variables
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a key file or variable is missing
     */
    HostSettings resolve(Map<String, String> variables);
}

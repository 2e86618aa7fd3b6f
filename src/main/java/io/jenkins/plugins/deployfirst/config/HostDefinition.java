package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.io.Serializable;

/** Where an environment's commands run. */
public interface HostDefinition extends Describable<HostDefinition>, ExtensionPoint, Serializable {
    /**
     * Checks all that needs no credential.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong
     */
    void check();

    /**
     * Looks its credentials up.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong or a credential
     *     is missing
     */
    HostSettings resolve(CredentialSource credentials);
}

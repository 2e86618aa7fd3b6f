package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.io.Serializable;

/** Where an environment's commands run. */
public abstract class HostDefinition extends AbstractDescribableImpl<HostDefinition>
        implements ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Checks all that needs no credential.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong
     */
    abstract void check();

    /**
     * Looks its credentials up.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong or a credential
     *     is missing
     */
    abstract HostSettings resolve(CredentialSource credentials);
}

package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.deployfirst.agent.WebhookAccess;
import java.io.Serializable;

/** Who is told what happens to an environment. */
public abstract class NotifierDefinition extends AbstractDescribableImpl<NotifierDefinition>
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
    abstract WebhookAccess resolve(CredentialSource credentials);
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.agent.WebhookAccess;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A service that is told by its webhook. */
public abstract class WebhookDefinition extends NotifierDefinition {
    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String policy = Words.word(Policy.ALL);

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the webhook's whole address
     */
    WebhookDefinition(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** Returns whose webhook it is. */
    abstract WebhookService service();

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getPolicy() {
        return policy;
    }

    /** Says which messages are sent: {@code all} (the default), {@code failures} or {@code down}. */
    @DataBoundSetter
    public void setPolicy(@CheckForNull String policy) {
        this.policy = Words.orDefault(policy, Policy.ALL);
    }

    @Override
    void check() {
        if (credentialsId.isEmpty()) {
            throw DeployFirstException.usage(
                    service().field() + ".credentialsId: is empty.",
                    "Choose a credential of the kind " + SecretCredentials.WEBHOOK_KINDS + ".");
        }
        settledPolicy();
    }

    private Policy settledPolicy() {
        return Words.parse(service().field() + ".policy", policy, Policy.class, Policy.ALL);
    }

    @Override
    WebhookAccess resolve(CredentialSource credentials) {
        String url = SecretCredentials.webhook(service(), credentialsId, credentials);
        return new WebhookAccess(service(), url, settledPolicy());
    }

    /** Describes it. */
    public abstract static class WebhookDescriptor extends SecretTextDescriptor<NotifierDefinition> {
        private final WebhookService service;

        WebhookDescriptor(WebhookService service) {
            super(SecretCredentials.requirements(service));
            this.service = service;
        }

        @Override
        String withoutCredential() {
            return Messages.WebhookDefinition_noCredential();
        }

        /** Returns whether whoever looks at the form may have a message sent. */
        public boolean mayTest(@CheckForNull Object owner) {
            return FormAccess.mayTest(owner);
        }

        /** Sends a message to what the form names now, saved or not. */
        @POST
        public FormValidation doSendTestMessage(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId)
                throws InterruptedException {
            FormAccess.requireConnect(item);
            return TestMessage.send(service, credentialsId, item);
        }

        @POST
        public ListBoxModel doFillPolicyItems() {
            return Words.items(Policy.class);
        }
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.agent.DiscordAccess;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Discord channel. */
public final class DiscordNotifierDefinition extends NotifierDefinition {
    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String policy = Words.word(Policy.ALL);

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the webhook's whole address
     */
    @DataBoundConstructor
    public DiscordNotifierDefinition(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

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
                    "notify.discord.credentialsId: is empty.",
                    "Choose a credential of the kind " + SecretCredentials.WEBHOOK_KINDS + ".");
        }
        settledPolicy();
    }

    private Policy settledPolicy() {
        return Words.parse("notify.discord.policy", policy, Policy.class, Policy.ALL);
    }

    @Override
    DiscordAccess resolve(CredentialSource credentials) {
        return new DiscordAccess(SecretCredentials.webhook(credentialsId, credentials), settledPolicy());
    }

    /** Describes it. */
    @Extension
    @Symbol("discord")
    public static final class DescriptorImpl extends Descriptor<NotifierDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DiscordNotifierDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillPolicyItems() {
            return Words.items(Policy.class);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
            return items(item).list(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return items(item)
                    .check(
                            value,
                            SecretCredentials.WEBHOOK_KINDS,
                            FormValidation.error(Messages.DiscordNotifierDefinition_noCredential()));
        }

        private static CredentialItems items(@CheckForNull Item item) {
            return new CredentialItems(
                    item, SecretCredentials.TEXTS, SecretCredentials.requirements(SecretCredentials.DISCORD));
        }
    }
}

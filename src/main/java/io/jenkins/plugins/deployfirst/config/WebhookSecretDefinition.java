package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The secret by which the webhooks of one sort of CI server are known. */
public final class WebhookSecretDefinition extends AbstractDescribableImpl<WebhookSecretDefinition>
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String server;
    private final String credentialsId;

    /**
     * Creates it.
     *
     * @param server {@code github}, {@code gitlab} or {@code gitea}
     * @param credentialsId of a secret text
     */
    @DataBoundConstructor
    public WebhookSecretDefinition(String server, String credentialsId) {
        this.server = Util.fixNull(server).strip();
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    public String getServer() {
        return server;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /**
     * Returns the sort of server.
     *
     * @throws DeployFirstException (USAGE) when there is none of this name
     */
    CiService service() {
        return Words.parse("webhookSecrets.server", server, CiService.class, CiService.GITHUB);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WebhookSecretDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WebhookSecretDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillServerItems() {
            return Words.items(CiService.class);
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
                            FormValidation.error(Messages.WebhookSecretDefinition_noCredential()));
        }

        private static CredentialItems items(@CheckForNull Item item) {
            return new CredentialItems(item, SecretCredentials.TEXTS, List.of());
        }
    }
}

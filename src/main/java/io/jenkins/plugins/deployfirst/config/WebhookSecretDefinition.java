package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
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
    public static final class DescriptorImpl extends SecretTextDescriptor<WebhookSecretDefinition> {
        public DescriptorImpl() {
            super(List.of());
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WebhookSecretDefinition_displayName();
        }

        @Override
        String withoutCredential() {
            return Messages.WebhookSecretDefinition_noCredential();
        }

        @POST
        public ListBoxModel doFillServerItems() {
            return Words.items(CiService.class);
        }
    }
}

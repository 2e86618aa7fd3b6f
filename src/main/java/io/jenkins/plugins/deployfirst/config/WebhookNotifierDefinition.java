package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Any address that takes messages as JSON. */
public final class WebhookNotifierDefinition extends WebhookDefinition {
    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the webhook's whole address
     */
    @DataBoundConstructor
    public WebhookNotifierDefinition(String credentialsId) {
        super(credentialsId);
    }

    @Override
    WebhookService service() {
        return WebhookService.WEBHOOK;
    }

    /** Describes it. */
    @Extension
    @Symbol("webhook")
    public static final class DescriptorImpl extends WebhookDescriptor {
        public DescriptorImpl() {
            super(WebhookService.WEBHOOK);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WebhookNotifierDefinition_displayName();
        }
    }
}

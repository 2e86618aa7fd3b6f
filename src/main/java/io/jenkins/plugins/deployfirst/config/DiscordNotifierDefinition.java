package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Discord channel. */
public final class DiscordNotifierDefinition extends WebhookDefinition {
    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the webhook's whole address
     */
    @DataBoundConstructor
    public DiscordNotifierDefinition(String credentialsId) {
        super(credentialsId);
    }

    @Override
    WebhookService service() {
        return WebhookService.DISCORD;
    }

    /** Describes it. */
    @Extension
    @Symbol("discord")
    public static final class DescriptorImpl extends WebhookDescriptor {
        public DescriptorImpl() {
            super(WebhookService.DISCORD);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DiscordNotifierDefinition_displayName();
        }
    }
}

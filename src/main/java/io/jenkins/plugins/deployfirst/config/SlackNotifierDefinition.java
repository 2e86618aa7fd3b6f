package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A channel of Slack, or of what takes the same messages: Mattermost, Rocket.Chat. */
public final class SlackNotifierDefinition extends WebhookDefinition {
    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the webhook's whole address
     */
    @DataBoundConstructor
    public SlackNotifierDefinition(String credentialsId) {
        super(credentialsId);
    }

    @Override
    WebhookService service() {
        return WebhookService.SLACK;
    }

    /** Describes it. */
    @Extension
    @Symbol("slack")
    public static final class DescriptorImpl extends WebhookDescriptor {
        public DescriptorImpl() {
            super(WebhookService.SLACK);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SlackNotifierDefinition_displayName();
        }
    }
}

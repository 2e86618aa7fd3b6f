package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Link;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookNotifier;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;

/** Sends a message that tells of nothing, so that people see whether a notifier works. */
final class TestMessage {
    private static final int PATIENCE_SECONDS = 60;

    private TestMessage() {}

    /**
     * Sends it from the controller and waits until the service has taken it.
     *
     * @param credentialsId names the webhook's whole address
     * @param item the job or folder whose form it is; null in the global configuration
     */
    static FormValidation send(WebhookService service, String credentialsId, @CheckForNull Item item)
            throws InterruptedException {
        try {
            String url = SecretCredentials.webhook(service, credentialsId, CredentialSource.of(item));
            new WebhookNotifier(Http.onController(), service, () -> url, Policy.ALL)
                    .send(message(item))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return FormValidation.ok(Messages.TestMessage_sent(service.displayName()));
        } catch (DeployFirstException e) {
            return FormValidation.error(e.getMessage());
        } catch (ExecutionException e) {
            // The notifier's own sentence, which holds no part of the address.
            return FormValidation.error(e.getCause().getMessage());
        } catch (TimeoutException e) {
            return FormValidation.error(Messages.TestMessage_slow(service.displayName(), PATIENCE_SECONDS));
        }
    }

    private static Message message(@CheckForNull Item item) {
        String root = Util.fixNull(Jenkins.get().getRootUrl());
        String sender = item == null ? "Jenkins" : item.getFullName();
        return new Message(
                Message.Kind.DEPLOYED,
                sender,
                "",
                "",
                "",
                Messages.TestMessage_headline(),
                Messages.TestMessage_next(),
                "",
                root.isEmpty() ? List.of() : List.of(new Link("Jenkins", root)));
    }
}

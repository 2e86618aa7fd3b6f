package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;

/**
 * How messages reach a service.
 *
 * @param service whose webhook it is
 * @param url the webhook's address, which is secret as a whole
 * @param policy which messages are sent
 */
public record WebhookAccess(WebhookService service, String url, Policy policy) {
    @Override
    public String toString() {
        return service + ", " + policy;
    }
}

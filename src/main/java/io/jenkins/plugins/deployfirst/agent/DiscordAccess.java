package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.notify.Policy;

/**
 * How messages reach a Discord channel.
 *
 * @param url the webhook's address, which is secret as a whole
 * @param policy which messages are sent
 */
public record DiscordAccess(String url, Policy policy) {
    @Override
    public String toString() {
        return "Discord, " + policy;
    }
}

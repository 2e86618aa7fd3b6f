package io.jenkins.plugins.deployfirst.engine.notify;

import java.util.Locale;

/** The services whose webhooks can be told, each with the form of messages that it takes. */
public enum WebhookService {
    /** A Discord channel. */
    DISCORD("Discord") {
        @Override
        String body(Message message) {
            return DiscordPayload.of(message);
        }

        /** In the form that Discord asks of programs: https://discord.com/developers/docs/reference#user-agent. */
        @Override
        String userAgent() {
            return "DiscordBot (https://plugins.jenkins.io/deploy-first, 1)";
        }
    },
    /** A channel of Slack, or of what takes the same messages: Mattermost, Rocket.Chat. */
    SLACK("Slack") {
        @Override
        String body(Message message) {
            return SlackPayload.of(message);
        }
    },
    /** Any address that takes JSON. */
    WEBHOOK("The webhook") {
        @Override
        String body(Message message) {
            return JsonPayload.of(message);
        }
    };

    private final String displayName;

    WebhookService(String displayName) {
        this.displayName = displayName;
    }

    /** Returns a message as the service takes it: one line of JSON. */
    abstract String body(Message message);

    String userAgent() {
        return "deploy-first (https://plugins.jenkins.io/deploy-first)";
    }

    /** Names it for people, at the beginning of a sentence. */
    public String displayName() {
        return displayName;
    }

    /** Returns the setting that configures it, such as {@code notify.discord}. */
    public String field() {
        return "notify." + name().toLowerCase(Locale.ROOT);
    }
}

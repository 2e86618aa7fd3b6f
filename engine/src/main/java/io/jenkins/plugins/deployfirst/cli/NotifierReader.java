package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads {@code notify:}: who is told. */
final class NotifierReader {
    static final KnownKeys NOTIFIER = KnownKeys.of("discord", "slack", "webhook");
    static final KnownKeys WEBHOOK = KnownKeys.of("urlEnv", "policy")
            .jenkinsOnly("credentialsId", "Here, name the variable that holds the webhook's address with urlEnv.");

    private NotifierReader() {}

    /** A webhook of a service. */
    record WebhookDefinition(WebhookService service, Variable url, Policy policy) {}

    static List<WebhookDefinition> read(YamlValue notify) {
        return notify.list().stream().map(NotifierReader::webhook).toList();
    }

    private static WebhookDefinition webhook(YamlValue value) {
        YamlSection notifier = value.section(NOTIFIER);
        List<WebhookService> named = Stream.of(WebhookService.values())
                .filter(service -> notifier.has(key(service)))
                .toList();
        if (named.isEmpty()) {
            throw notifier.missing("discord", "discord: { urlEnv: DISCORD_WEBHOOK } (or slack, or webhook)");
        }
        if (named.size() > 1) {
            throw notifier.place()
                    .wrong(
                            "has both " + key(named.get(0)) + " and " + key(named.get(1)) + ".",
                            "Begin the second one with a dash of its own.");
        }
        WebhookService service = named.get(0);
        YamlSection webhook = notifier.require(key(service), "").section(WEBHOOK);
        String variable =
                key(service).toUpperCase(Locale.ROOT) + (service == WebhookService.WEBHOOK ? "_URL" : "_WEBHOOK");
        return new WebhookDefinition(
                service,
                Variable.of(webhook.require("urlEnv", "urlEnv: " + variable)),
                webhook.get("policy").map(policy -> policy.oneOf(Policy.class)).orElse(Policy.ALL));
    }

    private static String key(WebhookService service) {
        return service.name().toLowerCase(Locale.ROOT);
    }
}

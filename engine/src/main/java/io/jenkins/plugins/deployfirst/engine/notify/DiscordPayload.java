package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message in the form that Discord's webhooks take.
 *
 * <p>Discord refuses a whole message for one text that is too long, so every part has a bound, and all of them together
 * stay below 6000 characters.
 *
 * @see <a href="https://discord.com/developers/docs/resources/message#embed-object-embed-limits">Discord's limits</a>
 * @see <a href="https://discord.com/developers/docs/resources/webhook#execute-webhook">Execute Webhook</a>
 */
final class DiscordPayload {
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 2000;
    private static final int FIELD = 1024;
    private static final int SUBJECT = 500;
    private static final int AUTHOR = 200;
    private static final int LINK_TEXT = 100;
    private static final int USER_NAME = 80;
    private static final int SHORT_SHA = 7;

    private DiscordPayload() {}

    /**
     * Returns the request's body, in JSON.
     *
     * @param displayName as whom the webhook speaks; empty: the name that it has on Discord
     */
    static String of(Message message, Optional<String> displayName) {
        Map<String, Object> payload = new LinkedHashMap<>();
        displayName.ifPresent(name -> payload.put("username", OneLine.of(name, USER_NAME)));
        // Nobody is called by what a commit message says.
        payload.put("allowed_mentions", Map.of("parse", List.of()));
        payload.put("embeds", List.of(embed(message)));
        return PlainJson.write(payload);
    }

    private static Map<String, Object> embed(Message message) {
        Map<String, Object> embed = new LinkedHashMap<>();
        embed.put("title", Markdown.escape(message.environment() + ": " + words(message.kind()), TITLE));
        Markdown.address(message.url()).ifPresent(site -> embed.put("url", site));
        embed.put("description", Markdown.escape(message.headline(), DESCRIPTION));
        embed.put("color", colour(message.kind()));
        List<Map<String, Object>> fields = new ArrayList<>();
        add(fields, "Commit", commit(message));
        add(fields, "Author", Markdown.escape(message.author(), AUTHOR));
        add(fields, "Next", Markdown.escape(message.next(), FIELD));
        add(fields, "Site", Markdown.address(message.url()).orElse(""));
        add(fields, "Links", links(message.links()));
        embed.put("fields", fields);
        return embed;
    }

    private static void add(List<Map<String, Object>> fields, String name, String value) {
        if (!value.isEmpty()) {
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("name", name);
            field.put("value", value);
            fields.add(field);
        }
    }

    private static String commit(Message message) {
        String sha = Markdown.escape(OneLine.cut(message.sha(), SHORT_SHA), 2 * SHORT_SHA);
        return (sha + " " + Markdown.escape(message.subject(), SUBJECT)).strip();
    }

    /** As many whole links as fit; half a link would be none. */
    private static String links(List<Message.Link> links) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < links.size(); i++) {
            String line = Markdown.link(links.get(i).text(), links.get(i).url(), LINK_TEXT) + "\n";
            String rest = "and " + (links.size() - i) + " more";
            if (lines.length() + line.length() + rest.length() > FIELD) {
                return lines.append(rest).toString();
            }
            lines.append(line);
        }
        return lines.toString().strip();
    }

    private static String words(Message.Kind kind) {
        return switch (kind) {
            case STARTED -> "deployment started";
            case DEPLOYED -> "deployed";
            case VALIDATED -> "validated";
            case ROLLED_BACK -> "rolled back";
            case FAILED -> "failed";
            case NO_VERDICT -> "no verdict of CI";
            case DOWN -> "down";
            case UP -> "up again";
        };
    }

    private static int colour(Message.Kind kind) {
        return switch (kind) {
            case STARTED, DEPLOYED -> 0x3498DB; // blue: under way
            case VALIDATED, UP -> 0x2ECC71; // green
            case ROLLED_BACK, NO_VERDICT -> 0xE67E22; // orange: look at it
            case FAILED, DOWN -> 0xE74C3C; // red: do something
        };
    }
}

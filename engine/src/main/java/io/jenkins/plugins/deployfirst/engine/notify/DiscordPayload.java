package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private static final int LOG = 500;
    private static final int SHORT_SHA = 7;

    private DiscordPayload() {}

    /** Returns the request's body, in JSON. */
    static String of(Message message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        // Nobody is called by what a commit message says.
        payload.put("allowed_mentions", Map.of("parse", List.of()));
        payload.put("embeds", List.of(embed(message)));
        return PlainJson.write(payload);
    }

    private static Map<String, Object> embed(Message message) {
        Map<String, Object> embed = new LinkedHashMap<>();
        embed.put(
                "title",
                Markdown.escape(message.environment() + ": " + message.kind().words(), TITLE));
        Markdown.address(message.url()).ifPresent(site -> embed.put("url", site));
        embed.put("description", Markdown.escape(message.headline(), DESCRIPTION));
        embed.put("color", message.kind().colour());
        List<Map<String, Object>> fields = new ArrayList<>();
        add(fields, "Commit", commit(message));
        add(fields, "Author", Markdown.escape(message.author(), AUTHOR));
        add(fields, "Next", Markdown.escape(message.next(), FIELD));
        add(fields, "Site", Markdown.address(message.url()).orElse(""));
        add(fields, "Links", links(message.links()));
        add(fields, "Log", log(message));
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

    /** In a block, where nothing is formatted; what would end the block becomes something that looks alike. */
    private static String log(Message message) {
        String end = message.logEnd(LOG).replace('`', '\u2019');
        return end.isEmpty() ? "" : "```\n" + end + "\n```";
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
}

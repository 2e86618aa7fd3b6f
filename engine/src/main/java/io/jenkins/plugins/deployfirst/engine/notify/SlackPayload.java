package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message in the form that Slack's incoming webhooks take, and those of Mattermost and Rocket.Chat, which understand
 * the same attachments.
 *
 * @see <a href="https://api.slack.com/reference/messaging/attachments">Slack's attachments</a>
 * @see <a href="https://api.slack.com/reference/surfaces/formatting#escaping">Escaping text</a>
 */
final class SlackPayload {
    private static final int TITLE = 250;
    private static final int TEXT = 2000;
    private static final int FIELD = 1000;
    private static final int SUBJECT = 500;
    private static final int LINK_TEXT = 100;
    private static final int MOST_LINKS = 20;
    private static final int LOG = 600;
    private static final int SHORT_SHA = 7;
    /** Keeps an at sign from calling somebody, also where names are looked for in plain text. */
    private static final String WORD_JOINER = "\u2060";

    private SlackPayload() {}

    /** Returns the request's body, in JSON. */
    static String of(Message message) {
        Map<String, Object> attachment = new LinkedHashMap<>();
        String title = escape(message.environment() + ": " + message.kind().words(), TITLE);
        attachment.put("fallback", title + ": " + escape(message.headline(), TEXT));
        attachment.put("color", String.format("#%06X", message.kind().colour()));
        attachment.put("title", title);
        Markdown.address(message.url()).ifPresent(site -> attachment.put("title_link", site));
        attachment.put("text", escape(message.headline(), TEXT));
        attachment.put("fields", fields(message));
        // What a commit message says is not formatted.
        attachment.put("mrkdwn_in", List.of());
        return PlainJson.write(Map.of("attachments", List.of(attachment)));
    }

    private static List<Map<String, Object>> fields(Message message) {
        List<Map<String, Object>> fields = new ArrayList<>();
        String commit = OneLine.cut(message.sha(), SHORT_SHA) + " " + message.subject();
        add(fields, "Commit", escape(commit, SUBJECT));
        add(fields, "Author", escape(message.author(), FIELD));
        add(fields, "Next", escape(message.next(), FIELD));
        add(fields, "Links", links(message.links()));
        add(fields, "Log", log(message));
        return fields;
    }

    private static String log(Message message) {
        return message.logEnd(LOG).lines().map(line -> escape(line, FIELD)).collect(Collectors.joining("\n"));
    }

    private static void add(List<Map<String, Object>> fields, String title, String value) {
        if (!value.isEmpty()) {
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("title", title);
            field.put("value", value);
            field.put("short", false);
            fields.add(field);
        }
    }

    private static String links(List<Message.Link> links) {
        List<String> lines = new ArrayList<>();
        links.stream().limit(MOST_LINKS).map(SlackPayload::link).forEach(lines::add);
        if (links.size() > MOST_LINKS) {
            lines.add("and " + (links.size() - MOST_LINKS) + " more");
        }
        return String.join("\n", lines);
    }

    private static String link(Message.Link link) {
        String text = escape(link.text(), LINK_TEXT).replace('|', '/');
        return Markdown.address(link.url())
                .map(url -> "<" + url.replace("|", "%7C").replace(">", "%3E") + "|" + text + ">")
                .orElse(text);
    }

    private static String escape(String text, int maxLength) {
        return OneLine.of(text, maxLength)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@" + WORD_JOINER)
                .strip();
    }
}

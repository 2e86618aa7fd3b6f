package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A message as plain JSON, for services of one's own: every part of {@link Message} under its own name, in one line. */
final class JsonPayload {
    private static final int LONGEST = 2000;
    private static final int LOG = 4000;
    private static final int LINK_TEXT = 200;
    private static final int MOST_LINKS = 50;

    private JsonPayload() {}

    /** Returns the request's body; what is not known is an empty text. */
    static String of(Message message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("kind", message.kind().name().toLowerCase(Locale.ROOT));
        payload.put("failure", message.kind().isFailure());
        payload.put("environment", OneLine.of(message.environment(), LONGEST));
        payload.put("sha", OneLine.of(message.sha(), LONGEST));
        payload.put("author", OneLine.of(message.author(), LONGEST));
        payload.put("subject", OneLine.of(message.subject(), LONGEST));
        payload.put("headline", OneLine.of(message.headline(), LONGEST));
        payload.put("next", OneLine.of(message.next(), LONGEST));
        payload.put("url", Markdown.address(message.url()).orElse(""));
        payload.put(
                "links",
                message.links().stream()
                        .limit(MOST_LINKS)
                        .map(JsonPayload::link)
                        .toList());
        payload.put("log", message.logEnd(LOG));
        return PlainJson.write(payload);
    }

    private static Map<String, Object> link(Message.Link link) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", OneLine.of(link.text(), LINK_TEXT));
        map.put("url", Markdown.address(link.url()).orElse(""));
        return map;
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.regex.Pattern;

/** Takes fields from what a CI server answers, bounded and harmless. */
final class CiJson {
    static final int MAX_NAME = 255;
    private static final int MAX_WORD = 60;
    private static final Pattern WEB = Pattern.compile("https?://[^\\s\\p{Cntrl}]{1,2000}");

    private CiJson() {}

    /** Returns a name in one line. */
    static String name(JsonNode entry, String field) {
        String name = OneLine.of(text(entry, field), MAX_NAME);
        return name.isEmpty() ? "(no name)" : name;
    }

    /** A name that is too long to keep is replaced by the id, never cut: two checks must not become one. */
    static String identity(JsonNode entry, String field, long id) {
        String name = text(entry, field);
        return name.length() <= MAX_NAME ? name : "#" + id;
    }

    /** Returns the server's own word for a state; empty when there is none. */
    static String word(JsonNode entry, String field) {
        return OneLine.of(entry.path(field).asText(""), MAX_WORD);
    }

    /** Returns a web address; empty when there is none. */
    static String link(JsonNode entry, String field) {
        String link = entry.path(field).asText("");
        return WEB.matcher(link).matches() ? link : "";
    }

    /** Returns a text; throws {@link IllegalArgumentException} when there is none. */
    static String text(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field);
        }
        return value.textValue();
    }

    /** Returns a whole number; throws {@link IllegalArgumentException} when there is none. */
    static long number(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(field);
        }
        return value.longValue();
    }
}

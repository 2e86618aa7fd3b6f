package io.jenkins.plugins.deployfirst.engine.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Optional;

/** One field of a JSON body and what it must be; apart from the rest, because data binding is slow to load. */
final class JsonField {
    private static final int SHOWN = 80;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonField() {}

    /**
     * Judges a body.
     *
     * @param pointer of the field
     * @param expected its value as text; empty: neither false, null, 0 nor empty
     * @param beginning how the body is shown behind a problem with all of it
     * @return the problem in one line; empty when the field is as it must be
     */
    static Optional<String> problem(String body, String pointer, String expected, String beginning) {
        if (body.isBlank()) {
            return Optional.of("the body is not JSON" + beginning);
        }
        try {
            // A byte order mark is no JSON, but some servers send one (RFC 8259, section 8.1).
            JsonNode field = JSON.readTree(body.startsWith("\uFEFF") ? body.substring(1) : body)
                    .at(pointer);
            if (field.isMissingNode()) {
                return Optional.of("the JSON body has no " + pointer + beginning);
            }
            return isAsExpected(field, expected) ? Optional.empty() : Optional.of(found(field, pointer, expected));
        } catch (JsonProcessingException notJson) {
            return Optional.of("the body is not JSON" + beginning);
        }
    }

    private static boolean isAsExpected(JsonNode field, String expected) {
        if (!expected.isEmpty()) {
            return expected.equals(field.isValueNode() ? field.asText() : field.toString());
        }
        return switch (field.getNodeType()) {
            case BOOLEAN -> field.booleanValue();
            case NUMBER -> field.doubleValue() != 0;
            case STRING -> !field.textValue().isEmpty();
            case ARRAY, OBJECT -> !field.isEmpty();
            default -> false;
        };
    }

    private static String found(JsonNode field, String pointer, String expected) {
        String insteadOf = expected.isEmpty() ? "" : " instead of \"" + OneLine.of(expected, SHOWN) + "\"";
        return "JSON " + pointer + " is " + OneLine.of(field.toString(), SHOWN) + insteadOf;
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps of texts: as a pipeline gives them, with values of any sort, and as lines {@code NAME=value} of a text box. */
public final class KeyValues {
    private KeyValues() {}

    /** Returns a map that can be saved; what is no text is written as text. */
    public static Map<String, String> of(@CheckForNull Map<?, ?> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> texts.put(String.valueOf(name), value == null ? "" : String.valueOf(value)));
        }
        return texts;
    }

    /**
     * Reads the lines of a text box; blank ones are left out.
     *
     * @throws DeployFirstException (USAGE) when a line has another form
     */
    public static Map<String, String> parse(String field, @CheckForNull String lines) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String line : Lines.split(lines)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw DeployFirstException.usage(
                        field + ": \"" + OneLine.of(line, 60) + "\" has no name and value.",
                        "Write one a line, such as NAME=value.");
            }
            texts.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return texts;
    }

    /** Returns the map as lines for a text box. */
    public static String join(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Returns lists by name, as a pipeline gives them; a single value is a list of one. */
    public static Map<String, List<String>> lists(@CheckForNull Map<?, ?> given) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> lists.put(
                    String.valueOf(name),
                    value instanceof Iterable<?> values ? texts(values) : List.of(String.valueOf(value))));
        }
        return lists;
    }

    private static List<String> texts(Iterable<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(String.valueOf(value)));
        return texts;
    }

    /** Returns lists by name from lines such as {@code service=billing, search}. */
    public static Map<String, List<String>> parseLists(String field, @CheckForNull String lines) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parse(field, lines).forEach((name, values) -> lists.put(name, List.of(values.split("\\s*,\\s*"))));
        return lists;
    }

    /** Returns lists by name as lines for a text box. */
    public static String joinLists(Map<String, List<String>> lists) {
        return lists.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("\n"));
    }
}

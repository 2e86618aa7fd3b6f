package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ByteSize;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the environment file: gives itself out as the type that is asked for, or says where and why it cannot.
 *
 * @param node what the YAML parser found
 * @param place where it stands
 */
record YamlValue(Node node, Place place) {
    private static final int SHOWN = 60;

    static YamlValue of(Node node, String file, String path) {
        return new YamlValue(
                node,
                new Place(
                        file,
                        node.getStartMark().getLine() + 1,
                        node.getStartMark().getColumn() + 1,
                        path));
    }

    /** Returns the text as it was typed; numbers and words such as {@code yes} are not turned into anything. */
    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw place.wrong("expected text, found " + kind() + ".", "Write one value after the colon.");
        }
        if (Tag.NULL.equals(scalar.getTag()) || scalar.getValue().isBlank()) {
            throw place.wrong("is empty.", "Write a value after the colon, or remove the key.");
        }
        return scalar.getValue();
    }

    /** Returns a whole number within these bounds, both included. */
    int number(int least, int most) {
        String text = text().strip();
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw place.wrong(shown(text) + " is not allowed.", "Write a whole number from " + least + " to " + most + ".");
    }

    Duration duration() {
        return DurationText.parse(place.field(), text());
    }

    /** Returns a duration longer than nothing. */
    Duration positiveDuration() {
        Duration duration = duration();
        if (duration.isZero()) {
            throw place.wrong("must be longer than nothing.", "Write a duration such as 30s.");
        }
        return duration;
    }

    /** Returns an amount of space, in bytes. */
    long bytes() {
        return ByteSize.parse(place.field(), text());
    }

    /** Returns the constant of that name, in upper or lower case, dashes and underscores alike. */
    <E extends Enum<E>> E oneOf(Class<E> type) {
        String typed = text().strip();
        String name = typed.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> place.wrong(
                        shown(typed) + " is not allowed.",
                        "Write one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(constant -> constant.name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    YamlSection section(KnownKeys keys) {
        if (!(node instanceof MappingNode mapping)) {
            throw place.wrong(
                    "expected a section, found " + kind() + ".",
                    "Write keys below it; known here: " + String.join(", ", keys.names()) + ".");
        }
        return YamlSection.of(mapping, place, keys);
    }

    List<YamlValue> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw place.wrong(
                    "expected a list, found " + kind() + ".",
                    "Write [a, b], or one line per entry that begins with a dash.");
        }
        List<YamlValue> values = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            values.add(of(entry, place.file(), place.path() + "[" + values.size() + "]"));
        }
        return values;
    }

    List<String> texts() {
        return list().stream().map(YamlValue::text).toList();
    }

    /** Returns the entries of a section whose keys are free, such as HTTP headers. */
    Map<String, String> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw place.wrong("expected a section, found " + kind() + ".", "Write lines such as Name: value below it.");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        YamlSection.entries(mapping, place)
                .forEach((name, entry) -> entries.put(name, entry.value().text()));
        return entries;
    }

    /** Returns the value of a key below this one; empty when there is none. */
    Optional<YamlValue> find(String key) {
        return node instanceof MappingNode mapping
                ? Optional.ofNullable(YamlSection.entries(mapping, place).get(key))
                        .map(YamlSection.Entry::value)
                : Optional.empty();
    }

    /** Returns whether it is {@code true}, which it is or {@code false}. */
    boolean yes() {
        if (!isText("true") && !isText("false")) {
            throw place.wrong(shown(text()) + " is not allowed.", "Write true or false.");
        }
        return isText("true");
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isText(String expected) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(expected);
    }

    /** Returns a value as error messages show it: quoted and bounded. */
    static String shown(String text) {
        return "\"" + Printable.shortened(text, SHOWN) + "\"";
    }

    private String kind() {
        return switch (node.getNodeId()) {
            case mapping -> "a section";
            case sequence -> "a list";
            default -> Tag.NULL.equals(node.getTag()) ? "nothing" : "text";
        };
    }
}

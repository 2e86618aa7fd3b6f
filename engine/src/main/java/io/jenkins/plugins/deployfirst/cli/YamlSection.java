package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A section of the environment file whose keys have been checked: none unknown, none twice. */
final class YamlSection {
    private final Place place;
    private final Map<String, Entry> entries;

    private YamlSection(Place place, Map<String, Entry> entries) {
        this.place = place;
        this.entries = entries;
    }

    /** A key with what follows it. */
    record Entry(Place key, YamlValue value) {}

    static YamlSection of(MappingNode mapping, Place place, KnownKeys keys) {
        Map<String, Entry> entries = entries(mapping, place);
        entries.forEach((key, entry) -> keys.check(key, entry.key()));
        return new YamlSection(place, entries);
    }

    static Map<String, Entry> entries(MappingNode mapping, Place place) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = YamlValue.of(keyNode, place.file(), place.path()).text();
            String path = place.pathOf(Printable.oneLine(key));
            Place keyPlace = YamlValue.of(keyNode, place.file(), path).place();
            YamlValue value = YamlValue.of(tuple.getValueNode(), place.file(), path);
            if (entries.putIfAbsent(key, new Entry(keyPlace, value)) != null) {
                throw keyPlace.about("is there twice.", "Keep one of them.");
            }
        }
        return entries;
    }

    Place place() {
        return place;
    }

    Optional<YamlValue> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    Optional<String> text(String key) {
        return get(key).map(YamlValue::text);
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Returns a value that must be there; {@code example} shows how it is written. */
    YamlValue require(String key, String example) {
        return get(key).orElseThrow(() -> missing(key, example));
    }

    DeployFirstException missing(String key, String example) {
        Place absent = new Place(place.file(), place.line(), place.column(), place.pathOf(key));
        return absent.about("is missing.", "Add it, such as " + example + ".");
    }

    /**
     * Returns what the engine makes of these values.
     *
     * @param engineValue takes values that have been read before: their own errors name their place already
     * @throws DeployFirstException (USAGE) the engine's refusal, which begins with the name of a key of this section,
     *     with the place of that key put before it
     */
    <T> T checked(Supplier<T> engineValue) {
        return checked(engineValue, Map.of());
    }

    /** Does the same; {@code keys} are those that the file calls otherwise than the engine, dots leading deeper. */
    <T> T checked(Supplier<T> engineValue, Map<String, String> keys) {
        try {
            return engineValue.get();
        } catch (DeployFirstException refusal) {
            String message = belowThis(refusal.getMessage());
            int end = Math.max(0, message.indexOf(':'));
            String engineKey = message.substring(0, end);
            String key = keys.getOrDefault(engineKey, engineKey);
            Place at = find(key).map(YamlValue::place).orElse(place);
            Place named = new Place(place.file(), at.line(), at.column(), place.pathOf(key + message.substring(end)));
            throw new DeployFirstException(refusal.outcome(), named.field(), "", refusal);
        }
    }

    private Optional<YamlValue> find(String key) {
        Optional<YamlValue> value = get(key.replaceFirst("\\..*", ""));
        return key.contains(".") ? value.flatMap(section -> section.find(key.substring(key.indexOf('.') + 1))) : value;
    }

    /** Takes off how the engine calls this section, such as {@code ci.github.} or {@code health.}. */
    private String belowThis(String message) {
        String path = place.path();
        while (!path.isEmpty()) {
            if (message.startsWith(path + ".")) {
                return message.substring(path.length() + 1);
            }
            path = path.contains(".") ? path.substring(path.indexOf('.') + 1) : "";
        }
        return message;
    }
}

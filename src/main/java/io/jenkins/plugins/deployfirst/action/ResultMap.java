package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the map that a step returns: what is missing or of another type is empty, and text is fit for build.xml. */
final class ResultMap {
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 40;

    private final Map<?, ?> map;

    ResultMap(Map<?, ?> map) {
        this.map = map;
    }

    String text(String key) {
        Object value = map.get(key);
        return value == null ? "" : fit(value.toString());
    }

    /** Returns the text in one line without the control characters that XML cannot hold. */
    static String fit(String text) {
        return OneLine.of(text, LONGEST);
    }

    long number(String key) {
        return map.get(key) instanceof Number number ? number.longValue() : 0;
    }

    boolean has(String key) {
        return map.containsKey(key);
    }

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    /** Returns the lines of a list, indented as they were. */
    List<String> texts(String key) {
        return map.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(line -> indentation((String) line) + fit((String) line))
                        .toList()
                : List.of();
    }

    private static String indentation(String line) {
        int width = line.length() - line.stripLeading().length();
        return " ".repeat(Math.min(width, DEEPEST));
    }

    /** Returns the maps of a map, in its order. */
    Map<String, ResultMap> byKey(String key) {
        Map<String, ResultMap> maps = new LinkedHashMap<>();
        if (map.get(key) instanceof Map<?, ?> outer) {
            outer.forEach((name, inner) -> {
                if (inner instanceof Map<?, ?> one) {
                    maps.put(String.valueOf(name), new ResultMap(one));
                }
            });
        }
        return maps;
    }

    List<ResultMap> maps(String key) {
        return map.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(one -> new ResultMap((Map<?, ?>) one))
                        .toList()
                : List.of();
    }
}

package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.List;
import java.util.Map;

/** Reads the map that a step returns: what is missing or of another type is empty, and text is fit for build.xml. */
final class ResultMap {
    private static final int LONGEST = 1000;

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

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(map.get(key));
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

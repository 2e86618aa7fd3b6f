package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A release that an environment has validated, and that may be carried on to another one.
 *
 * @param environment where it is validated
 * @param sha the full SHA
 * @param tag the tag of its images; empty when it has none
 */
public record ValidatedResult(String environment, String sha, String tag) {
    /** Returns it as results are told. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("sha", sha);
        map.put("tag", tag);
        return map;
    }
}

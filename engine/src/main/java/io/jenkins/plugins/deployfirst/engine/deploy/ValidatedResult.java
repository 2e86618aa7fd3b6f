package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A release that an environment has validated, and that may be carried on to another one.
 *
 * @param environment where it is validated
 * @param sha the full SHA
 * @param tag the tag of its images; empty when it has none
 * @param digests by which the registries know the images that were validated, with their repositories; empty when that is
 *     not known
 */
public record ValidatedResult(String environment, String sha, String tag, List<String> digests) {
    public ValidatedResult {
        digests = List.copyOf(digests);
    }

    /** Returns it as results are told. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("sha", sha);
        map.put("tag", tag);
        map.put("digests", digests);
        return map;
    }
}

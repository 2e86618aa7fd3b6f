package io.jenkins.plugins.deployfirst.engine.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that was built.
 *
 * @param name as the request has it
 * @param repository with the registry before it
 * @param tags without the name
 * @param id what the Docker daemon knows it by, {@code sha256:…}
 * @param digest what the registry knows it by, {@code sha256:…}; empty: it was not pushed
 */
public record BuiltImage(String name, String repository, List<String> tags, String id, String digest) {
    public BuiltImage {
        tags = List.copyOf(tags);
    }

    /** Returns the name that leads to this very image in its registry, whatever its tags come to mean. */
    public String reference() {
        return repository + "@" + digest;
    }

    BuiltImage pushed(String newDigest) {
        return new BuiltImage(name, repository, tags, id, newDigest);
    }

    /** Returns the image for Groovy and JSON. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("tags", tags.stream().map(tag -> repository + ":" + tag).toList());
        map.put("id", id);
        map.put("digest", digest);
        return map;
    }
}

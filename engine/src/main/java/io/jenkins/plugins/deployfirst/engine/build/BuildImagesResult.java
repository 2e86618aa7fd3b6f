package io.jenkins.plugins.deployfirst.engine.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was built.
 *
 * @param sha the full commit that the images are marked with; empty: none is known
 * @param images in the order of the request
 */
public record BuildImagesResult(String sha, List<BuiltImage> images, long durationMillis) {
    public BuildImagesResult {
        images = List.copyOf(images);
    }

    /** Returns the result for Groovy and JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> digests = new LinkedHashMap<>();
        images.stream()
                .filter(image -> !image.digest().isEmpty())
                .forEach(image -> digests.put(image.name(), image.reference()));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sha", sha);
        map.put("images", images.stream().map(BuiltImage::toMap).toList());
        map.put("digests", digests);
        map.put("durationMillis", durationMillis);
        return map;
    }
}

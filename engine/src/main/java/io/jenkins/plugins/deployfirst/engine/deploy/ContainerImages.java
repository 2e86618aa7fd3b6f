package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images that an environment's services run, at one moment.
 *
 * @param byService in the order of the services' names
 */
record ContainerImages(Map<String, Image> byService) {
    static final ContainerImages NONE = new ContainerImages(Map.of());

    ContainerImages {
        byService = Collections.unmodifiableMap(new TreeMap<>(byService));
    }

    /** An image's id and the name by which compose knows it. */
    record Image(String id, String name) {}

    /**
     * Reads what a script reported.
     *
     * @param containers the environment's own; of a service with several, the first counts
     * @param lines the container's id, its image's id and its image's name, one container a line
     */
    static ContainerImages of(List<Container> containers, String lines) {
        Map<String, Image> byContainer = new HashMap<>();
        lines.lines()
                .map(line -> line.split("\\|", 3))
                .filter(parts -> parts.length == 3)
                .forEach(parts -> byContainer.put(parts[0], new Image(parts[1], parts[2])));
        Map<String, Image> byService = new HashMap<>();
        containers.stream()
                .filter(container -> byContainer.containsKey(container.id()))
                .forEach(container -> byService.putIfAbsent(container.service(), byContainer.get(container.id())));
        return new ContainerImages(byService);
    }

    /** Reads what {@link #toText} wrote; what is no image is left out. */
    static ContainerImages parse(String text) {
        Map<String, Image> byService = new HashMap<>();
        for (String word : text.split(" ")) {
            int name = word.indexOf('=');
            int id = word.lastIndexOf('@');
            if (name > 0 && id > name + 1 && word.startsWith("sha256:", id + 1)) {
                byService.put(word.substring(0, name), new Image(word.substring(id + 1), word.substring(name + 1, id)));
            }
        }
        return new ContainerImages(byService);
    }

    /** Returns them as the journal holds them: {@code service=name@id}, divided by spaces. */
    String toText() {
        return byService.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().name() + "@"
                        + entry.getValue().id())
                .collect(Collectors.joining(" "));
    }

    boolean isEmpty() {
        return byService.isEmpty();
    }

    /** Returns for each service what it runs now and what it ran before, in the order of their names. */
    List<DeployResult.ImageChange> since(ContainerImages before) {
        return byService.entrySet().stream()
                .map(entry -> new DeployResult.ImageChange(
                        entry.getKey(),
                        entry.getValue().name(),
                        before.idOf(entry.getKey()),
                        entry.getValue().id()))
                .toList();
    }

    /** Returns the images' ids by their services. */
    Map<String, String> idsByService() {
        Map<String, String> ids = new TreeMap<>();
        byService.forEach((service, image) -> ids.put(service, image.id()));
        return ids;
    }

    /** Returns whether one of them has a tag, or there is no tag to have. */
    boolean have(String tag) {
        return tag.isEmpty()
                || byService.values().stream().anyMatch(image -> image.name().contains(tag));
    }

    /** Returns the id of a service's image; empty when the service has none. */
    String idOf(String service) {
        Image image = byService.get(service);
        return image == null ? "" : image.id();
    }
}

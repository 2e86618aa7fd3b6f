package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The images that an environment's services run, at one moment. */
final class ContainerImages {
    private final Map<String, Image> byService = new TreeMap<>();

    /** An image's id and the name by which compose knows it. */
    private record Image(String id, String name) {}

    private ContainerImages() {}

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
        ContainerImages images = new ContainerImages();
        containers.stream()
                .filter(container -> byContainer.containsKey(container.id()))
                .forEach(container ->
                        images.byService.putIfAbsent(container.service(), byContainer.get(container.id())));
        return images;
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

    private String idOf(String service) {
        Image image = byService.get(service);
        return image == null ? "" : image.id();
    }
}

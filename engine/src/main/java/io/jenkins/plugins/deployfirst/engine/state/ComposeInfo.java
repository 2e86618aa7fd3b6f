package io.jenkins.plugins.deployfirst.engine.state;

import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was found out about an environment's compose set-up, remembered on the host, because asking compose takes long.
 *
 * @param tool how compose is started on this host
 * @param files the configured files that the check was made with
 * @param sha the commit whose files were checked
 * @param services what they define
 */
public record ComposeInfo(String tool, List<String> files, String sha, List<Service> services) {
    private static final String VERSION_1 = "docker-compose";
    private static final String STARTED = "service_started";

    public ComposeInfo {
        files = List.copyOf(files);
        services = List.copyOf(services);
    }

    /**
     * A service of the compose file.
     *
     * @param image empty: compose names what it builds
     * @param dependsOn the services that it needs
     * @param conditions what it waits for at those of which it needs more than that they were started
     */
    public record Service(
            String name, String image, boolean build, List<String> dependsOn, Map<String, String> conditions) {
        public Service {
            dependsOn = List.copyOf(dependsOn);
            conditions = Map.copyOf(conditions);
        }

        public Service(String name, String image, boolean build, List<String> dependsOn) {
            this(name, image, build, dependsOn, Map.of());
        }

        /** Reads dependencies as the check lists them: {@code name} or {@code name=condition}, between blanks. */
        private static Service of(String name, String image, boolean build, String dependencies) {
            List<String> names = new ArrayList<>();
            Map<String, String> conditions = new TreeMap<>();
            for (String dependency : dependencies.isBlank()
                    ? new String[0]
                    : dependencies.strip().split(" +")) {
                String[] parts = dependency.split("=", 2);
                names.add(parts[0]);
                if (parts.length == 2 && !parts[1].equals(STARTED)) {
                    conditions.put(parts[0], parts[1]);
                }
            }
            return new Service(name, image, build, names, conditions);
        }
    }

    /** Reads what a script reported of the file; empty when there is none, or one that is not whole. */
    public static Optional<ComposeInfo> parse(String json) {
        try {
            return PlainJson.readObject(json).map(ComposeInfo::of);
        } catch (ClassCastException e) {
            return Optional.empty();
        }
    }

    private static ComposeInfo of(Map<String, Object> object) {
        List<Service> services = ((List<?>) part(object, "services", List.class))
                .stream().map(ComposeInfo::service).toList();
        return new ComposeInfo(
                part(object, "tool", String.class),
                texts(object, "files"),
                part(object, "sha", String.class),
                services);
    }

    private static Service service(Object service) {
        Map<?, ?> object = (Map<?, ?>) service;
        return new Service(
                part(object, "name", String.class),
                part(object, "image", String.class),
                part(object, "build", Boolean.class),
                texts(object, "dependsOn"),
                conditions(object));
    }

    private static Map<String, String> conditions(Map<?, ?> object) {
        Map<String, String> conditions = new TreeMap<>();
        Map<?, ?> read = part(object, "conditions", Map.class);
        read.forEach((name, condition) -> conditions.put((String) name, (String) condition));
        return conditions;
    }

    private static List<String> texts(Map<?, ?> object, String key) {
        return ((List<?>) part(object, key, List.class))
                .stream().map(String.class::cast).toList();
    }

    /** Returns a part that must be there: half of what was remembered would restart half of the services. */
    private static <T> T part(Map<?, ?> object, String key, Class<T> type) {
        Object value = object.get(key);
        if (value == null) {
            throw new ClassCastException(key + " is missing");
        }
        return type.cast(value);
    }

    /** Returns what holds for another commit with the same files, on a host that starts compose so. */
    public ComposeInfo at(String newTool, String newSha) {
        return new ComposeInfo(newTool, files, newSha, services);
    }

    /** Returns what it says of some services only. */
    public ComposeInfo of(List<Service> some) {
        return new ComposeInfo(tool, files, sha, some);
    }

    /** Returns it as one line of JSON. */
    public String toJson() {
        List<Map<String, Object>> list = services.stream()
                .map(service -> Map.<String, Object>of(
                        "name", service.name(),
                        "image", service.image(),
                        "build", service.build(),
                        "dependsOn", service.dependsOn(),
                        "conditions", service.conditions()))
                .toList();
        return PlainJson.write(Map.of("tool", tool, "files", files, "sha", sha, "services", list));
    }

    /** Reads the services as the check lists them: {@code name|image|build|dependencies}, one a line. */
    public static List<Service> servicesOf(String lines) {
        return lines.lines()
                .map(line -> line.split("\\|", -1))
                .filter(parts -> parts.length == 4)
                .map(parts -> Service.of(parts[0], parts[1], parts[2].equals("build"), parts[3]))
                .toList();
    }

    /**
     * Returns the services' names in groups that {@code compose restart} restarts one after the other: version 2 goes in
     * dependency order, version 1 restarts all of them at the same time.
     *
     * @see <a href="https://github.com/docker/compose/blob/1.29.2/compose/project.py">compose 1.29, Project.restart</a>
     * @see <a href="https://github.com/docker/compose/blob/main/pkg/compose/restart.go">compose 2, restart</a>
     */
    public List<Set<String>> restartOrder() {
        List<Set<String>> order = startOrder();
        if (!tool.equals(VERSION_1)) {
            return order;
        }
        Set<String> all = new LinkedHashSet<>();
        order.forEach(all::addAll);
        return List.of(all);
    }

    /** Returns the services' names in groups: each depends only on those of groups before it. */
    public List<Set<String>> startOrder() {
        List<Set<String>> groups = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        List<Service> left = new ArrayList<>(services);
        while (!left.isEmpty()) {
            List<Service> ready = left.stream()
                    .filter(service ->
                            service.dependsOn().stream().allMatch(name -> placed.contains(name) || !defines(name)))
                    .toList();
            // Compose refuses circles; should one get here, what is left makes the last group.
            List<Service> group = ready.isEmpty() ? List.copyOf(left) : ready;
            Set<String> names = new LinkedHashSet<>();
            group.forEach(service -> names.add(service.name()));
            groups.add(names);
            placed.addAll(names);
            left.removeAll(group);
        }
        return groups;
    }

    private boolean defines(String name) {
        return services.stream().anyMatch(service -> service.name().equals(name));
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which services of the compose file a release is brought up with, and what they are brought up from. */
final class Scope {
    private final List<ComposeInfo.Service> services;
    private final boolean all;

    private Scope(List<ComposeInfo.Service> services, boolean all) {
        this.services = services;
        this.all = all;
    }

    /**
     * Finds the services: those that are chosen, those that run the same image, since one release of it is to run, and
     * what these depend on as far as it has no container yet.
     *
     * <p>One that the release does not have is passed over; when none is left, all are brought up.
     *
     * @param existing the services that have containers
     */
    static Scope of(ComposeInfo info, ComposeSettings settings, Collection<String> existing) {
        Map<String, ComposeInfo.Service> byName =
                info.services().stream().collect(Collectors.toMap(ComposeInfo.Service::name, service -> service));
        if (settings.services().stream().noneMatch(byName::containsKey)) {
            return new Scope(info.services(), true);
        }
        Set<String> images = settings.services().stream()
                .filter(byName::containsKey)
                .map(name -> byName.get(name).image())
                .filter(image -> !image.isEmpty())
                .collect(Collectors.toSet());
        Set<String> names = new LinkedHashSet<>();
        Deque<String> found = new ArrayDeque<>();
        info.services().stream()
                .filter(service -> settings.services().contains(service.name()) || images.contains(service.image()))
                .forEach(service -> found.add(service.name()));
        while (!found.isEmpty()) {
            String name = found.remove();
            if (byName.containsKey(name) && names.add(name)) {
                byName.get(name).dependsOn().stream()
                        .filter(dependency -> !existing.contains(dependency))
                        .forEach(found::add);
            }
        }
        List<ComposeInfo.Service> chosen = info.services().stream()
                .filter(service -> names.contains(service.name()))
                .toList();
        return new Scope(chosen, false);
    }

    /**
     * Checks the names of the chosen services.
     *
     * @throws DeployFirstException when the release does not have one of them
     */
    static void require(ComposeInfo info, ComposeSettings settings) {
        List<String> known =
                info.services().stream().map(ComposeInfo.Service::name).toList();
        for (String name : settings.services()) {
            requireKnown(name, known);
        }
    }

    private static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            throw DeployFirstException.unchanged(
                    "services: the compose file of the release has no service \"" + name + "\".",
                    "It has " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
    }

    /** Returns the services' names for a command line; empty: all. */
    List<String> names() {
        return all
                ? List.of()
                : services.stream().map(ComposeInfo.Service::name).toList();
    }

    /** Returns whether it is one of them; a container of a service that the release does not have is not. */
    private boolean contains(String service) {
        return services.stream().anyMatch(own -> own.name().equals(service));
    }

    /** Returns those of some containers that belong to it. */
    List<Container> of(List<Container> containers) {
        return containers.stream()
                .filter(container -> contains(container.service()))
                .toList();
    }

    /** Returns what is known of its services alone. */
    ComposeInfo of(ComposeInfo info) {
        return info.of(services);
    }

    /** Tells which of the services waits for what, beyond the order of their start. */
    List<String> conditions() {
        return services.stream()
                .filter(service -> !service.conditions().isEmpty())
                .map(service -> service.name() + " waits for "
                        + service.conditions().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(condition -> condition.getKey() + " (" + condition.getValue() + ")")
                                .collect(Collectors.joining(", ")))
                .toList();
    }
}

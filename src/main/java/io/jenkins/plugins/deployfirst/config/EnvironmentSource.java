package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Defines environments for the jobs of a part of Jenkins, beside the global configuration. */
public abstract class EnvironmentSource implements ExtensionPoint {
    /** Returns the environments that are defined at a group itself, and not at those around it. */
    public abstract List<EnvironmentDefinition> definedAt(ItemGroup<?> group);

    /** Returns the groups of this Jenkins that define any, as far as the current user may read them. */
    public abstract List<Item> places();

    /** Returns those of the groups around a job (or of a group itself, and those around it), the nearest first. */
    static List<EnvironmentDefinition> around(Item item) {
        return groupsAround(item).stream()
                .flatMap(group -> allAt(group).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns the full name of the nearest group that defines an environment of this name. */
    static Optional<String> folderOf(String name, Item item) {
        return groupsAround(item).stream()
                .filter(group -> allAt(group).stream()
                        .anyMatch(environment -> environment.getName().equals(name)))
                .map(ItemGroup::getFullName)
                .findFirst();
    }

    private static List<EnvironmentDefinition> allAt(ItemGroup<?> group) {
        return ExtensionList.lookup(EnvironmentSource.class).stream()
                .flatMap(source -> source.definedAt(group).stream())
                .toList();
    }

    private static List<ItemGroup<?>> groupsAround(Item item) {
        List<ItemGroup<?>> groups = new ArrayList<>();
        Object here = item;
        while (here != null) {
            if (here instanceof ItemGroup<?> group) {
                groups.add(group);
            }
            here = here instanceof Item inner ? inner.getParent() : null;
        }
        return groups;
    }
}

package io.jenkins.plugins.deployfirst.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;

/** Defines environments for the jobs of a part of Jenkins, beside the global configuration. */
public abstract class EnvironmentSource implements ExtensionPoint {
    /** Returns the environments that are defined at a group itself, and not at those around it. */
    public abstract List<EnvironmentDefinition> definedAt(ItemGroup<?> group);

    /** Returns the groups of this Jenkins that define any, as far as the current user may read them. */
    public abstract List<Item> places();

    /** Returns those of the groups around a job (or of a group itself, and those around it), the nearest first. */
    static List<EnvironmentDefinition> around(Item item) {
        List<EnvironmentDefinition> found = new ArrayList<>();
        Object here = item;
        while (here != null) {
            if (here instanceof ItemGroup<?> group) {
                ExtensionList.lookup(EnvironmentSource.class).forEach(source -> found.addAll(source.definedAt(group)));
            }
            here = here instanceof Item inner ? inner.getParent() : null;
        }
        return found;
    }
}

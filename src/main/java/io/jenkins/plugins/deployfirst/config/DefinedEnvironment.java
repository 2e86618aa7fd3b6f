package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * An environment, and where it is defined.
 *
 * @param folder whose jobs may use it; null in the global configuration
 */
public record DefinedEnvironment(@CheckForNull Item folder, EnvironmentDefinition definition) {
    /** Returns all environments of this Jenkins: the global ones, and those of the folders that the current user may read. */
    public static List<DefinedEnvironment> all() {
        List<DefinedEnvironment> all = new ArrayList<>(at(null));
        for (EnvironmentSource source : ExtensionList.lookup(EnvironmentSource.class)) {
            source.places().forEach(folder -> all.addAll(at(folder)));
        }
        return all;
    }

    /**
     * Returns those that are defined at one place.
     *
     * @param folder null: the global configuration
     */
    public static List<DefinedEnvironment> at(@CheckForNull Item folder) {
        List<EnvironmentDefinition> definitions = new ArrayList<>();
        if (folder == null) {
            definitions.addAll(DeployFirstConfiguration.get().getEnvironments());
        } else if (folder instanceof ItemGroup<?> group) {
            ExtensionList.lookup(EnvironmentSource.class)
                    .forEach(source -> definitions.addAll(source.definedAt(group)));
        }
        return definitions.stream()
                .map(definition -> new DefinedEnvironment(folder, definition))
                .toList();
    }

    /**
     * Returns the environment of that name.
     *
     * @param folder the full name of the folder that defines it; empty: the global configuration
     * @return empty when there is none, or the current user may not read the folder
     */
    public static Optional<DefinedEnvironment> find(String folder, String name) {
        Item place = folder.isEmpty() ? null : Jenkins.get().getItemByFullName(folder);
        return place == null && !folder.isEmpty()
                ? Optional.empty()
                : at(place).stream().filter(here -> here.name().equals(name)).findFirst();
    }

    public String name() {
        return definition.getName();
    }

    /** Returns the full name of the folder that defines it; empty in the global configuration. */
    public String folderName() {
        return folder == null ? "" : folder.getFullName();
    }

    /** Returns where its files are, for telling one place from another when the settings change. */
    public String place() {
        String host = definition.getHost() instanceof SshHostDefinition ssh ? ssh.getAddress() : "local";
        return host + " " + definition.getDirectory();
    }

    /** Returns whether its host is the agent that a step runs on, so that Jenkins itself cannot look at it. */
    public boolean isOnAgents() {
        return definition.isLocal() && folder != null;
    }

    /** Returns whether it is restricted to certain jobs. */
    public boolean isRestricted() {
        return !definition.getJobs().isEmpty();
    }

    /** Returns whether one of these jobs, by their full names, may use it. */
    public boolean isFor(Collection<String> jobs) {
        return jobs.stream().anyMatch(job -> JobPatterns.allow(definition.getJobs(), job));
    }

    /** Returns the hours in which nothing is promoted to it and which a moment is in, as people write them. */
    public Optional<String> freezeAt(Instant moment) {
        return settings().flatMap(settings -> settings.promotion().freeze().describeAt(moment));
    }

    /** Returns how long a watch of its CI goes on at most. */
    public Duration ciTimeout() {
        return settings().map(settings -> settings.ciRules().timeout()).orElse(Duration.ZERO);
    }

    /** What is wrong with settings is told by whoever uses them. */
    private Optional<Environment> settings() {
        try {
            return Optional.of(EnvironmentReader.check(definition));
        } catch (DeployFirstException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes all of it that a flow outside any build needs; credentials are those that its folder's jobs may use, or the
     * global ones.
     *
     * @throws AbortException in one line with the remedy, when a setting is wrong, a credential is missing, or its host is
     *     the agent of a step
     */
    public ResolvedEnvironment resolve() throws AbortException {
        if (isOnAgents()) {
            throw new AbortException(Messages.DefinedEnvironment_onAgents(name()));
        }
        try {
            return EnvironmentReader.resolve(definition, folder);
        } catch (DeployFirstException e) {
            throw EnvironmentDefinition.aborted("Environment " + name() + ": " + e.getMessage(), e);
        }
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The environments that an administrator defines for all jobs. */
@Extension
@Symbol("deployFirst")
public final class DeployFirstConfiguration extends GlobalConfiguration {
    private List<EnvironmentDefinition> environments = new ArrayList<>();

    public DeployFirstConfiguration() {
        load();
    }

    public static DeployFirstConfiguration get() {
        return ExtensionList.lookupSingleton(DeployFirstConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.DeployFirstConfiguration_displayName();
    }

    public List<EnvironmentDefinition> getEnvironments() {
        return List.copyOf(environments);
    }

    /**
     * Replaces the environments, and saves them.
     *
     * @throws DeployFirstException (USAGE) when two have the same name, or a setting is wrong; then nothing changes
     */
    @DataBoundSetter
    public void setEnvironments(@CheckForNull List<EnvironmentDefinition> environments) {
        List<EnvironmentDefinition> wanted = new ArrayList<>(Util.fixNull(environments));
        check(wanted);
        this.environments = wanted;
        save();
    }

    /** The form sends nothing at all for the last environment that is removed. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            setEnvironments(request.bindJSONToList(EnvironmentDefinition.class, form.opt("environments")));
            return true;
        } catch (DeployFirstException e) {
            throw new FormException(e.getMessage(), e, "environments");
        }
    }

    private static void check(List<EnvironmentDefinition> environments) {
        Set<String> names = new HashSet<>();
        for (EnvironmentDefinition environment : environments) {
            EnvironmentReader.check(environment);
            if (!names.add(environment.getName())) {
                throw DeployFirstException.usage(
                        "name: there are two environments with the name \"" + environment.getName() + "\".",
                        "Give each a name of its own.");
            }
        }
    }

    /** Returns the jump host that was saved for an environment at this address; null when there is none. */
    @CheckForNull
    JumpHostDefinition savedJump(String name, String address) {
        return environments.stream()
                .filter(environment -> environment.getName().equals(name))
                .map(EnvironmentDefinition::getHost)
                .filter(SshHostDefinition.class::isInstance)
                .map(SshHostDefinition.class::cast)
                .filter(host -> host.getAddress().equals(address))
                .findFirst()
                .map(SshHostDefinition::getJump)
                .orElse(null);
    }

    /**
     * Returns an environment that a job may use.
     *
     * @throws AbortException in one line with the remedy, when there is none of this name, or the job may not use it
     */
    public EnvironmentDefinition require(String name, Item job) throws AbortException {
        for (EnvironmentDefinition environment : environments) {
            if (environment.getName().equals(name)) {
                environment.requireAllowed(job);
                return environment;
            }
        }
        List<String> known = environments.stream()
                .filter(environment -> JobPatterns.allow(environment.getJobs(), job.getFullName()))
                .map(EnvironmentDefinition::getName)
                .toList();
        throw new AbortException("environment: there is no environment \"" + OneLine.of(name, 100) + "\". "
                + NearestName.suggestion(name, known)
                + "Environments are defined in Manage Jenkins » System » Deploy First.");
    }

    /**
     * Returns the environment that a step names or defines.
     *
     * @param name of a global environment; null or empty when it is defined inline
     * @param definition inline; null when it is named
     * @param onAgent whether the step runs inside {@code node}, so that a local host is the agent
     * @throws AbortException in one line with the remedy, when neither or both are given, the job may not use it, or an
     *     inline definition asks for commands on the controller
     */
    public EnvironmentDefinition choose(
            @CheckForNull String name, @CheckForNull EnvironmentDefinition definition, Item job, boolean onAgent)
            throws AbortException {
        String wanted = Util.fixEmptyAndTrim(name);
        if (wanted != null && definition == null) {
            return require(wanted, job);
        }
        if (wanted != null || definition == null) {
            throw new AbortException("environment: " + (wanted == null ? "is missing" : "and definition are both given")
                    + ". Give the name of an environment, or define it inline with definition.");
        }
        // Else whoever edits a pipeline could run commands on the controller, beside its secrets.
        if (definition.isLocal() && !onAgent) {
            throw new AbortException("definition.host: local would run commands on the controller. Put the step inside"
                    + " node { }, or let an administrator define the environment in Manage Jenkins » System.");
        }
        return definition;
    }
}

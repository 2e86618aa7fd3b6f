package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Saveable;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The environments that an administrator defines for all jobs, and the secrets of webhooks. */
@Extension
@Symbol("deployFirst")
public final class DeployFirstConfiguration extends GlobalConfiguration {
    private List<EnvironmentDefinition> environments = new ArrayList<>();
    private List<WebhookSecretDefinition> webhookSecrets = new ArrayList<>();

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
        EnvironmentReader.checkAll(wanted);
        this.environments = wanted;
        save();
    }

    public List<WebhookSecretDefinition> getWebhookSecrets() {
        return List.copyOf(Util.fixNull(webhookSecrets));
    }

    /**
     * Replaces the secrets by which webhooks are known, and saves them.
     *
     * @throws DeployFirstException (USAGE) when one is for no known sort of server; then nothing changes
     */
    @DataBoundSetter
    public void setWebhookSecrets(@CheckForNull List<WebhookSecretDefinition> webhookSecrets) {
        List<WebhookSecretDefinition> wanted = new ArrayList<>(Util.fixNull(webhookSecrets));
        wanted.forEach(WebhookSecretDefinition::service);
        this.webhookSecrets = wanted;
        save();
    }

    /** Returns the secrets of a sort of server, as Jenkins' credentials have them now; none when none is configured. */
    public List<String> webhookSecrets(CiService service) {
        return getWebhookSecrets().stream()
                .filter(secret -> secret.service() == service)
                .flatMap(secret -> SecretCredentials.global(secret.getCredentialsId()).stream())
                .toList();
    }

    /** The form sends nothing at all for the last environment that is removed. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            setEnvironments(request.bindJSONToList(EnvironmentDefinition.class, form.opt("environments")));
            setWebhookSecrets(request.bindJSONToList(WebhookSecretDefinition.class, form.opt("webhookSecrets")));
            return true;
        } catch (DeployFirstException e) {
            throw new FormException(e.getMessage(), e, "environments");
        }
    }

    /** Returns the environments that a job can name, the nearest folder's first; a name that comes again is not meant. */
    public List<EnvironmentDefinition> usableBy(Item job) {
        Map<String, EnvironmentDefinition> byName = new LinkedHashMap<>();
        seenFrom(job).forEach(environment -> byName.putIfAbsent(environment.getName(), environment));
        return byName.values().stream()
                .filter(environment -> JobPatterns.allow(environment.getJobs(), job.getFullName()))
                .toList();
    }

    /** Returns whether environments may have come or gone with what was saved: this, or a folder. */
    public static boolean isConcernedBy(Saveable saved) {
        return saved instanceof DeployFirstConfiguration || saved instanceof ItemGroup<?>;
    }

    /** Returns whether there is an environment of this name for a job, whether or not the job may use it. */
    public boolean defines(String name, Item job) {
        return seenFrom(job).stream()
                .anyMatch(environment -> environment.getName().equals(name));
    }

    private List<EnvironmentDefinition> seenFrom(Item job) {
        List<EnvironmentDefinition> all = EnvironmentSource.around(job);
        all.addAll(environments);
        return all;
    }

    /**
     * Returns an environment that a job may use: that of the nearest folder, or else the global one.
     *
     * @param onAgent whether it is used inside {@code node}, so that a local host is the agent
     * @throws AbortException in one line with the remedy, when there is none of this name, the job may not use it, or a
     *     folder's asks for commands on the controller
     */
    public EnvironmentDefinition require(String name, Item job, boolean onAgent) throws AbortException {
        for (EnvironmentDefinition environment : seenFrom(job)) {
            if (environment.getName().equals(name)) {
                environment.requireAllowed(job);
                boolean global = environments.stream().anyMatch(known -> known == environment);
                requireNotOnController(environment, "environment " + name + ": host", global || onAgent);
                return environment;
            }
        }
        List<String> known =
                usableBy(job).stream().map(EnvironmentDefinition::getName).toList();
        throw new AbortException(
                "environment: there is no environment \"" + OneLine.of(name, 100) + "\". "
                        + NearestName.suggestion(name, known)
                        + "Environments are defined in Manage Jenkins » System » Deploy First, or in a folder's configuration.");
    }

    /** Returns the full name of the folder that defines an environment for a job, empty for Jenkins itself; or nothing. */
    Optional<String> folderOf(String name, Item job) {
        return EnvironmentSource.folderOf(name, job)
                .or(() -> Optional.of("")
                        .filter(global -> environments.stream()
                                .anyMatch(environment -> environment.getName().equals(name))));
    }

    /** Else whoever edits a pipeline or a folder could run commands on the controller, beside its secrets. */
    private static void requireNotOnController(EnvironmentDefinition environment, String field, boolean allowed)
            throws AbortException {
        if (environment.isLocal() && !allowed) {
            throw new AbortException(field + ": local would run commands on the controller. Put the step inside"
                    + " node { }, or let an administrator define the environment in Manage Jenkins » System.");
        }
    }

    /**
     * Returns the environment that a step names or defines.
     *
     * @param name of an environment of a folder or of the global configuration; null or empty when it is defined inline
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
            return require(wanted, job, onAgent);
        }
        if (wanted != null || definition == null) {
            throw new AbortException("environment: " + (wanted == null ? "is missing" : "and definition are both given")
                    + ". Give the name of an environment, or define it inline with definition.");
        }
        requireNotOnController(definition, "definition.host", onAgent);
        return definition;
    }
}

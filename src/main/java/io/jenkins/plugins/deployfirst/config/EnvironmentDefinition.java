package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.Mode;
import io.jenkins.plugins.deployfirst.engine.deploy.Strategy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An environment as people configure it: text and credential ids, nothing looked up yet. */
public final class EnvironmentDefinition extends AbstractDescribableImpl<EnvironmentDefinition>
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final HostDefinition host;
    private final String directory;
    private String mode;
    private ImageTagDefinition image;
    private String via;
    private String remote = Environment.DEFAULT_REMOTE;
    private ComposeDefinition compose;
    private PreflightDefinition preflight;
    private String registryUrl;
    private String registryCredentialsId;
    private EnvFileDefinition envFile;
    private MigrateDefinition migrate;
    private HealthDefinition health;
    private CiDefinition ci;
    private List<NotifierDefinition> notify = new ArrayList<>();
    private String stateFile;
    private String lockTimeout;
    private String commandTimeout;
    private String backup;
    private List<FreezeDefinition> freeze = new ArrayList<>();
    private String strategy;
    private RollingDefinition rolling;
    private List<String> jobs = new ArrayList<>();

    /**
     * Creates an environment.
     *
     * @param name letters, digits, dots, dashes and underscores
     * @param host where its commands run
     * @param directory absolute path on the host of the git checkout, or of the compose files
     */
    @DataBoundConstructor
    public EnvironmentDefinition(String name, HostDefinition host, String directory) {
        this.name = Util.fixNull(name).strip();
        this.host = host;
        this.directory = Util.fixNull(directory).strip();
    }

    /**
     * Makes all of it that a flow needs. The credentials are looked up in the context of the build, and their use is
     * recorded.
     *
     * @throws AbortException in one line with the remedy, when the build's job may not use the environment, a setting is
     *     wrong, or a credential is missing
     */
    public ResolvedEnvironment resolve(Run<?, ?> run) throws AbortException {
        requireAllowed(run.getParent());
        try {
            return EnvironmentReader.resolve(this, run);
        } catch (DeployFirstException e) {
            throw aborted("Environment " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Refuses jobs that {@code jobs} leaves out.
     *
     * @throws AbortException when the job may not use the environment
     */
    void requireAllowed(Item job) throws AbortException {
        if (!JobPatterns.allow(jobs, job.getFullName())) {
            throw new AbortException("environment: " + job.getFullName() + " may not use \"" + name
                    + "\", which is restricted to certain jobs. Ask an administrator to add the job in Manage Jenkins »"
                    + " System » Deploy First » Jobs.");
        }
    }

    /** Returns whether its commands run on the machine that the step runs on. */
    public boolean isLocal() {
        return host instanceof LocalHostDefinition;
    }

    static AbortException aborted(String message, Throwable cause) {
        AbortException failure = new AbortException(message);
        failure.initCause(cause);
        return failure;
    }

    public String getName() {
        return name;
    }

    public HostDefinition getHost() {
        return host;
    }

    public String getDirectory() {
        return directory;
    }

    public String getMode() {
        return Words.orDefault(mode, Mode.CHECKOUT);
    }

    /** Says what carries a release to the host: {@code checkout} (the default) or {@code image}. */
    @DataBoundSetter
    public void setMode(@CheckForNull String mode) {
        this.mode = Words.orDefault(mode, Mode.CHECKOUT);
    }

    @CheckForNull
    public ImageTagDefinition getImage() {
        return image;
    }

    /** Says how the images of releases are named; only with {@code mode: image}. */
    @DataBoundSetter
    public void setImage(@CheckForNull ImageTagDefinition image) {
        this.image = image;
    }

    @CheckForNull
    public String getVia() {
        return via;
    }

    /** Names the label of the agents that connect to the host; none: whoever runs the flow connects. */
    @DataBoundSetter
    public void setVia(@CheckForNull String via) {
        this.via = Util.fixEmptyAndTrim(via);
    }

    public String getRemote() {
        return remote;
    }

    /** Names the git remote that releases are fetched from; default {@code origin}. */
    @DataBoundSetter
    public void setRemote(@CheckForNull String remote) {
        String word = Util.fixEmptyAndTrim(remote);
        this.remote = word == null ? Environment.DEFAULT_REMOTE : word;
    }

    @CheckForNull
    public ComposeDefinition getCompose() {
        return compose;
    }

    /** Says how the containers are run; by default, as compose does without being told. */
    @DataBoundSetter
    public void setCompose(@CheckForNull ComposeDefinition compose) {
        this.compose = compose;
    }

    @CheckForNull
    public PreflightDefinition getPreflight() {
        return preflight;
    }

    /** Says what must be there before anything is changed; nothing by default. */
    @DataBoundSetter
    public void setPreflight(@CheckForNull PreflightDefinition preflight) {
        this.preflight = preflight;
    }

    @CheckForNull
    public DockerRegistryEndpoint getRegistry() {
        return registryUrl == null && registryCredentialsId == null
                ? null
                : new DockerRegistryEndpoint(registryUrl, registryCredentialsId);
    }

    /** Says where the host logs in for the time of a flow; by default, nowhere. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull DockerRegistryEndpoint registry) {
        this.registryUrl = registry == null ? null : Util.fixNull(registry.getUrl());
        this.registryCredentialsId = registry == null ? null : Util.fixNull(registry.getCredentialsId());
    }

    @CheckForNull
    public EnvFileDefinition getEnvFile() {
        return envFile;
    }

    /** Gives a secret file that is lent to the host for the time of a flow; none by default. */
    @DataBoundSetter
    public void setEnvFile(@CheckForNull EnvFileDefinition envFile) {
        this.envFile = envFile;
    }

    @CheckForNull
    public MigrateDefinition getMigrate() {
        return migrate;
    }

    /** Gives the schema changes; none by default. */
    @DataBoundSetter
    public void setMigrate(@CheckForNull MigrateDefinition migrate) {
        this.migrate = migrate;
    }

    @CheckForNull
    public HealthDefinition getHealth() {
        return health;
    }

    /** Says what must be healthy after a change; by default, a release is healthy as soon as it runs. */
    @DataBoundSetter
    public void setHealth(@CheckForNull HealthDefinition health) {
        this.health = health;
    }

    @CheckForNull
    public CiDefinition getCi() {
        return ci;
    }

    /** Says which CI is watched; none by default. */
    @DataBoundSetter
    public void setCi(@CheckForNull CiDefinition ci) {
        this.ci = ci;
    }

    public List<NotifierDefinition> getNotify() {
        return List.copyOf(notify);
    }

    /** Says who is told; nobody by default. */
    @DataBoundSetter
    public void setNotify(@CheckForNull List<NotifierDefinition> notify) {
        this.notify = new ArrayList<>(Util.fixNull(notify));
    }

    @CheckForNull
    public String getStateFile() {
        return stateFile;
    }

    /** Gives the absolute path of the validated SHA's file on the host; none: in {@code ~/.deploy-first/<name>/}. */
    @DataBoundSetter
    public void setStateFile(@CheckForNull String stateFile) {
        this.stateFile = Util.fixEmptyAndTrim(stateFile);
    }

    @CheckForNull
    public String getLockTimeout() {
        return lockTimeout;
    }

    /** Says how long to wait for another deployment; default 10 min. */
    @DataBoundSetter
    public void setLockTimeout(@CheckForNull String lockTimeout) {
        this.lockTimeout = Util.fixEmptyAndTrim(lockTimeout);
    }

    @CheckForNull
    public String getCommandTimeout() {
        return commandTimeout;
    }

    /** Gives the deadline of each command on the host; default 15 min. */
    @DataBoundSetter
    public void setCommandTimeout(@CheckForNull String commandTimeout) {
        this.commandTimeout = Util.fixEmptyAndTrim(commandTimeout);
    }

    @CheckForNull
    public String getBackup() {
        return backup;
    }

    /** Gives the command that is run on the host before a promotion changes anything; none by default. */
    @DataBoundSetter
    public void setBackup(@CheckForNull String backup) {
        this.backup = Util.fixEmptyAndTrim(backup);
    }

    public List<FreezeDefinition> getFreeze() {
        // An environment that an earlier version saved has none.
        return freeze == null ? List.of() : List.copyOf(freeze);
    }

    /** Says when nothing is promoted to it; never by default. */
    @DataBoundSetter
    public void setFreeze(@CheckForNull List<FreezeDefinition> freeze) {
        this.freeze = new ArrayList<>(Util.fixNull(freeze));
    }

    public String getStrategy() {
        return Words.orDefault(strategy, Strategy.RECREATE);
    }

    /** Says how new containers take the place of old ones: {@code recreate} (the default) or {@code rolling}. */
    @DataBoundSetter
    public void setStrategy(@CheckForNull String strategy) {
        this.strategy = Words.orDefault(strategy, Strategy.RECREATE);
    }

    @CheckForNull
    public RollingDefinition getRolling() {
        return rolling;
    }

    /** Says how old containers are taken out of service; only with {@code strategy: rolling}. */
    @DataBoundSetter
    public void setRolling(@CheckForNull RollingDefinition rolling) {
        this.rolling = rolling;
    }

    public List<String> getJobs() {
        return List.copyOf(jobs);
    }

    /** Returns the jobs for a text box. */
    public String getJobsText() {
        return Lines.join(jobs);
    }

    /** Names (globs of full names) the jobs that may use the environment; none: all of them. */
    @DataBoundSetter
    public void setJobs(@CheckForNull List<String> jobs) {
        this.jobs = Lines.split(jobs);
    }

    /** Describes it. */
    @Extension
    @Symbol("deployEnvironment")
    public static final class DescriptorImpl extends EnvironmentDescriptor {}
}

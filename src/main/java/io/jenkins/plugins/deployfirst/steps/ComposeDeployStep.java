package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.EnvFileDefinition;
import io.jenkins.plugins.deployfirst.config.Lines;
import io.jenkins.plugins.deployfirst.config.RegistryCredentials;
import io.jenkins.plugins.deployfirst.config.Words;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Brings an environment's containers up as its compose files say, whatever its own compose action is. */
public final class ComposeDeployStep extends DeployStep {
    private List<String> services = new ArrayList<>();
    private String pull;
    private boolean build = true;
    private DockerRegistryEndpoint registry;
    private EnvFileDefinition envFile;

    @DataBoundConstructor
    public ComposeDeployStep() {
        // Everything has a default or a setter.
    }

    public List<String> getServices() {
        return List.copyOf(services);
    }

    /** Returns the services for a text box. */
    public String getServicesText() {
        return Lines.join(services);
    }

    /** Names the only services that are brought up, with those that run the same image; none: the environment's. */
    @DataBoundSetter
    public void setServices(@CheckForNull List<String> services) {
        this.services = Lines.split(services);
    }

    @CheckForNull
    public String getPull() {
        return pull;
    }

    /** Says when images are pulled: {@code always} or {@code missing}; default: as the environment's mode has it. */
    @DataBoundSetter
    public void setPull(@CheckForNull String pull) {
        this.pull = Util.fixEmptyAndTrim(pull);
    }

    public boolean isBuild() {
        return build;
    }

    /** Says whether images are built on the host that have a build section; default yes. */
    @DataBoundSetter
    public void setBuild(boolean build) {
        this.build = build;
    }

    @CheckForNull
    public DockerRegistryEndpoint getRegistry() {
        return registry;
    }

    /** Says where the host logs in; none: where the environment says. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull DockerRegistryEndpoint registry) {
        this.registry = registry;
    }

    @CheckForNull
    public EnvFileDefinition getEnvFile() {
        return envFile;
    }

    /** Gives a secret file that is lent to the host; none: the environment's. */
    @DataBoundSetter
    public void setEnvFile(@CheckForNull EnvFileDefinition envFile) {
        this.envFile = envFile;
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        ResolvedEnvironment resolved = site.resolve(this);
        ResolvedEnvironment environment;
        try {
            environment =
                    resolved.with(settings -> settings.with(compose(settings)).with(secrets(settings, site)));
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
        return StepSite.requireDone(site.run(environment, deploying(getSha()), DeploymentRecord.Kind.DEPLOY));
    }

    private ComposeSettings compose(Environment environment) {
        Optional<ComposeSettings.Pull> when =
                Optional.ofNullable(Words.parse("pull", pull, ComposeSettings.Pull.class, null));
        return environment
                .compose()
                .doing(ComposeSettings.Action.UP)
                .only(services)
                .getting(when, build);
    }

    private SecretSettings secrets(Environment environment, StepSite site) {
        SecretSettings own = environment.secrets();
        return new SecretSettings(
                registry == null ? own.registry() : Optional.of(RegistryCredentials.resolve(registry, site.run())),
                envFile == null ? own.envFile() : Optional.of(envFile.resolve(site.run())));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "composeDeploy";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeDeployStep_displayName();
        }

        /** Checks the names of services. */
        @POST
        public FormValidation doCheckServices(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> ServiceName.require("services", Lines.split(value)));
        }

        /** Lists when images are pulled. */
        @POST
        public ListBoxModel doFillPullItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ComposeDeployStep_usualPull(), "");
            items.addAll(Words.items(ComposeSettings.Pull.class));
            return items;
        }
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.deploy.PreflightSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What must be there on the host before anything is changed. */
public final class PreflightDefinition extends AbstractDescribableImpl<PreflightDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<String> networks = new ArrayList<>();
    private List<String> containers = new ArrayList<>();

    @DataBoundConstructor
    public PreflightDefinition() {
        // Everything has a default.
    }

    public List<String> getNetworks() {
        return List.copyOf(networks);
    }

    /** Returns the networks for a text box. */
    public String getNetworksText() {
        return Lines.join(networks);
    }

    /** Names the Docker networks that must exist; none by default. */
    @DataBoundSetter
    public void setNetworks(@CheckForNull List<String> networks) {
        this.networks = Lines.split(networks);
    }

    public List<String> getContainers() {
        return List.copyOf(containers);
    }

    /** Returns the containers for a text box. */
    public String getContainersText() {
        return Lines.join(containers);
    }

    /** Names the containers that must run, and be healthy where they have a health check; none by default. */
    @DataBoundSetter
    public void setContainers(@CheckForNull List<String> containers) {
        this.containers = Lines.split(containers);
    }

    PreflightSettings settings() {
        return new PreflightSettings(networks, containers);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<PreflightDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PreflightDefinition_displayName();
        }

        @POST
        public FormValidation doCheckNetworks(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> new PreflightSettings(Lines.split(value), List.of()));
        }

        @POST
        public FormValidation doCheckContainers(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> new PreflightSettings(List.of(), Lines.split(value)));
        }
    }
}

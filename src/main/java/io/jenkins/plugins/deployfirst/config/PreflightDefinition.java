package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.ByteSize;
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
    private String diskSpace;

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

    @CheckForNull
    public String getDiskSpace() {
        return diskSpace;
    }

    /** Says how much must be free where Docker keeps images and in the directory, such as {@code 2GB}; default: not asked. */
    @DataBoundSetter
    public void setDiskSpace(@CheckForNull String diskSpace) {
        this.diskSpace = Util.fixEmptyAndTrim(diskSpace);
    }

    PreflightSettings settings() {
        return new PreflightSettings(networks, containers, diskSpace == null ? 0 : bytes(diskSpace));
    }

    private static long bytes(String text) {
        return ByteSize.parse("preflight.diskSpace", text);
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
        public FormValidation doCheckDiskSpace(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, PreflightDefinition::bytes);
        }

        @POST
        public FormValidation doCheckContainers(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> new PreflightSettings(List.of(), Lines.split(value)));
        }
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How old containers are taken out of service when new ones have started beside them. */
public final class RollingDefinition extends AbstractDescribableImpl<RollingDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String drain;
    private String drainCommand;
    private List<String> services = new ArrayList<>();

    @DataBoundConstructor
    public RollingDefinition() {
        // Everything has a default.
    }

    @CheckForNull
    public String getDrain() {
        return drain;
    }

    /** Says how long an old container goes on before it is stopped, once the new ones are healthy; default 10 s. */
    @DataBoundSetter
    public void setDrain(@CheckForNull String drain) {
        this.drain = Util.fixEmptyAndTrim(drain);
    }

    @CheckForNull
    public String getDrainCommand() {
        return drainCommand;
    }

    /** Gives the command line that is run in an old container before that; none by default. */
    @DataBoundSetter
    public void setDrainCommand(@CheckForNull String drainCommand) {
        this.drainCommand = Util.fixEmptyAndTrim(drainCommand);
    }

    public List<String> getServices() {
        return List.copyOf(services);
    }

    /** Returns the services for a text box. */
    public String getServicesText() {
        return Lines.join(services);
    }

    /** Names the only services that are replaced so; none: all that change. */
    @DataBoundSetter
    public void setServices(@CheckForNull List<String> services) {
        this.services = Lines.split(services);
    }

    RollingSettings settings() {
        return new RollingSettings(
                Times.parse("rolling.drain", drain, RollingSettings.DEFAULTS.drain()),
                Optional.ofNullable(drainCommand),
                services);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RollingDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RollingDefinition_displayName();
        }

        @POST
        public FormValidation doCheckDrain(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.duration(item, "rolling.drain", value);
        }

        @POST
        public FormValidation doCheckServices(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(
                    item,
                    () -> new RollingSettings(RollingSettings.DEFAULTS.drain(), Optional.empty(), Lines.split(value)));
        }
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How an environment's containers are run. */
public final class ComposeDefinition extends AbstractDescribableImpl<ComposeDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<String> files = new ArrayList<>();
    private String project;
    private String action;
    private List<String> services = new ArrayList<>();

    @DataBoundConstructor
    public ComposeDefinition() {
        // Everything has a default.
    }

    /** Returns the engine's defaults. */
    static ComposeSettings defaults(ComposeSettings.Action usual) {
        return new ComposeSettings(List.of(), Optional.empty(), usual);
    }

    public List<String> getFiles() {
        return List.copyOf(files);
    }

    /** Returns the files for a text box. */
    public String getFilesText() {
        return Lines.join(files);
    }

    /** Names the compose files, relative to the directory; none: those that compose finds by itself. */
    @DataBoundSetter
    public void setFiles(@CheckForNull List<String> files) {
        this.files = Lines.split(files);
    }

    @CheckForNull
    public String getProject() {
        return project;
    }

    /** Names the compose project; none: as compose derives it from the directory. */
    @DataBoundSetter
    public void setProject(@CheckForNull String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    @CheckForNull
    public String getAction() {
        return action;
    }

    /** Says what makes a release run: {@code restart} (the default, but for rolling updates) or {@code up}. */
    @DataBoundSetter
    public void setAction(@CheckForNull String action) {
        this.action = action == null || action.isBlank() ? null : Words.normalize(action);
    }

    public List<String> getServices() {
        return List.copyOf(services);
    }

    /** Returns the services for a text box. */
    public String getServicesText() {
        return Lines.join(services);
    }

    /** Names the only services that are brought up, with those that run the same image; none: all. */
    @DataBoundSetter
    public void setServices(@CheckForNull List<String> services) {
        this.services = Lines.split(services);
    }

    /** Returns the settings; {@code usual} is the action of those that name none. */
    ComposeSettings settings(ComposeSettings.Action usual) {
        return new ComposeSettings(
                        files,
                        Optional.ofNullable(project),
                        Words.parse("compose.action", action, ComposeSettings.Action.class, usual))
                .only(services);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ComposeDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ComposeDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillActionItems() {
            return Words.items(ComposeSettings.Action.class);
        }

        @POST
        public FormValidation doCheckFiles(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> EngineRules.composeFiles(Lines.split(value)));
        }

        @POST
        public FormValidation doCheckServices(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> defaults(ComposeSettings.Action.UP).only(Lines.split(value)));
        }

        @POST
        public FormValidation doCheckProject(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, EngineRules::project);
        }
    }
}

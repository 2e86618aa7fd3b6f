package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.migration.DatabaseSettings;
import io.jenkins.plugins.deployfirst.engine.migration.MigrationCheckRequest;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A database that is thrown away after a check of migrations. */
public final class DatabaseDefinition extends AbstractDescribableImpl<DatabaseDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String image;
    private String alias = DatabaseSettings.DEFAULT_ALIAS;
    private Map<String, String> environment = new LinkedHashMap<>();
    private String ready;

    /**
     * Creates it.
     *
     * @param image such as {@code postgres:16}
     */
    @DataBoundConstructor
    public DatabaseDefinition(String image) {
        this.image = Util.fixNull(image).strip();
    }

    public String getImage() {
        return image;
    }

    public String getAlias() {
        return alias;
    }

    /** Names the host that migrations find it by; default {@code db}. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? DatabaseSettings.DEFAULT_ALIAS : given;
    }

    public Map<String, String> getEnvironment() {
        return new LinkedHashMap<>(environment);
    }

    /** Returns the variables for a text box. */
    public String getEnvironmentText() {
        return KeyValues.join(environment);
    }

    /** Gives the variables of its container, by name. */
    @DataBoundSetter
    public void setEnvironment(@CheckForNull Map<String, String> environment) {
        this.environment = KeyValues.of(environment);
    }

    @CheckForNull
    public String getReady() {
        return ready;
    }

    /** Gives a command line that succeeds in it once it takes connections; default: its image's health check. */
    @DataBoundSetter
    public void setReady(@CheckForNull String ready) {
        this.ready = Util.fixEmptyAndTrim(ready);
    }

    /** Returns the engine's settings. */
    public DatabaseSettings settings() {
        return new DatabaseSettings(image, alias, environment, Optional.ofNullable(ready));
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<DatabaseDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DatabaseDefinition_displayName();
        }

        /** A text box gives lines where a pipeline gives a map. */
        @Override
        public DatabaseDefinition newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            Map<String, String> environment = FormMaps.take(form, "environment");
            DatabaseDefinition database = super.newInstance(request, form);
            database.setEnvironment(environment);
            return database;
        }

        @POST
        public FormValidation doCheckImage(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> MigrationCheckRequest.requireImage("database.image", text));
        }

        @POST
        public FormValidation doCheckAlias(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(
                    item, value, text -> new DatabaseSettings("any", text, Map.of(), Optional.empty()));
        }

        @POST
        public FormValidation doCheckEnvironment(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> KeyValues.parse("database.environment", value));
        }
    }
}

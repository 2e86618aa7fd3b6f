package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.config.DatabaseDefinition;
import io.jenkins.plugins.deployfirst.config.FormMaps;
import io.jenkins.plugins.deployfirst.config.KeyValues;
import io.jenkins.plugins.deployfirst.config.Lines;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import io.jenkins.plugins.deployfirst.engine.migration.MigrationCheckRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Tries migrations up, down by one and up again, on a database that is thrown away. */
public final class MigrationCheckStep extends WorkspaceStep {
    private final String up;
    private final String down;
    private String image;
    private DatabaseDefinition database;
    private String service;
    private List<String> files = new ArrayList<>();
    private Map<String, String> environment = new LinkedHashMap<>();
    private String readyTimeout;

    /**
     * Creates it.
     *
     * @param up a shell command line, such as {@code alembic upgrade head}
     * @param down a shell command line, such as {@code alembic downgrade -1}
     */
    @DataBoundConstructor
    public MigrationCheckStep(String up, String down) {
        this.up = Util.fixNull(up).strip();
        this.down = Util.fixNull(down).strip();
    }

    public String getUp() {
        return up;
    }

    public String getDown() {
        return down;
    }

    @CheckForNull
    public String getImage() {
        return image;
    }

    /** Names the image that holds the migrations. */
    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    @CheckForNull
    public DatabaseDefinition getDatabase() {
        return database;
    }

    /** Describes the database that goes with an image. */
    @DataBoundSetter
    public void setDatabase(@CheckForNull DatabaseDefinition database) {
        this.database = database;
    }

    @CheckForNull
    public String getService() {
        return service;
    }

    /** Names the service of compose files that holds the migrations, in place of an image. */
    @DataBoundSetter
    public void setService(@CheckForNull String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    public List<String> getFiles() {
        return List.copyOf(files);
    }

    /** Returns the files for a text box. */
    public String getFilesText() {
        return Lines.join(files);
    }

    /** Names the compose files of the service; default: those that compose finds in the workspace. */
    @DataBoundSetter
    public void setFiles(@CheckForNull List<String> files) {
        this.files = Lines.split(files);
    }

    public Map<String, String> getEnvironment() {
        return new LinkedHashMap<>(environment);
    }

    /** Returns the variables for a text box. */
    public String getEnvironmentText() {
        return KeyValues.join(environment);
    }

    /** Gives the variables of the migrations' containers, by name. */
    @DataBoundSetter
    public void setEnvironment(@CheckForNull Map<String, String> environment) {
        this.environment = KeyValues.of(environment);
    }

    @CheckForNull
    public String getReadyTimeout() {
        return readyTimeout;
    }

    /** Says how long the database may take until it is ready; default 1 min. */
    @DataBoundSetter
    public void setReadyTimeout(@CheckForNull String readyTimeout) {
        this.readyTimeout = Util.fixEmptyAndTrim(readyTimeout);
    }

    @Override
    Object work(StepSite site) throws Exception {
        MigrationCheckRequest request = request(site);
        return StepSite.requireDone(site.follow(
                DeploymentRecord.Kind.MIGRATIONS, "", log -> FlowRunner.migrationCheck(request, site.channel(), log)));
    }

    private MigrationCheckRequest request(StepSite site) throws IOException, InterruptedException {
        return new MigrationCheckRequest(
                site.engineWorkspace(),
                Optional.ofNullable(image),
                Optional.ofNullable(database).map(DatabaseDefinition::settings),
                Optional.ofNullable(service),
                files,
                up,
                down,
                environment,
                duration("readyTimeout", readyTimeout, MigrationCheckRequest.DEFAULT_READY_TIMEOUT),
                timeout(MigrationCheckRequest.DEFAULT_TIMEOUT));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends WorkspaceStepDescriptor {
        @Override
        public String getFunctionName() {
            return "migrationCheck";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MigrationCheckStep_displayName();
        }

        /** A text box gives lines where a pipeline gives a map. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            Map<String, String> environment = FormMaps.take(form, "environment");
            MigrationCheckStep step = (MigrationCheckStep) super.newInstance(request, form);
            step.setEnvironment(environment);
            return step;
        }

        @POST
        public FormValidation doCheckService(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> ServiceName.require("service", List.of(value.strip())));
        }

        @POST
        public FormValidation doCheckImage(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> MigrationCheckRequest.requireImage("image", value.strip()));
        }

        @POST
        public FormValidation doCheckEnvironment(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> KeyValues.parse("environment", value));
        }

        @POST
        public FormValidation doCheckReadyTimeout(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> DurationText.parse("readyTimeout", value));
        }
    }
}

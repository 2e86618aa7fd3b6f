package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import java.io.Serializable;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An environment's schema changes. */
public final class MigrateDefinition extends AbstractDescribableImpl<MigrateDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SERVICE_REMEDY = "Name the compose service whose image runs it, such as backend.";
    private static final String COMMAND_REMEDY = "Write the command line, such as alembic upgrade head.";

    private final String service;
    private final String command;
    private String rollbackCommand;

    /**
     * Creates them.
     *
     * @param service the compose service whose image and settings the one-off container takes
     * @param command a shell command line, such as {@code alembic upgrade head}
     */
    @DataBoundConstructor
    public MigrateDefinition(String service, String command) {
        this.service = Util.fixNull(service).strip();
        this.command = Util.fixNull(command).strip();
    }

    public String getService() {
        return service;
    }

    public String getCommand() {
        return command;
    }

    @CheckForNull
    public String getRollbackCommand() {
        return rollbackCommand;
    }

    /** Gives the command line that is run before a rollback restarts the old code; none by default. */
    @DataBoundSetter
    public void setRollbackCommand(@CheckForNull String rollbackCommand) {
        this.rollbackCommand = Util.fixEmptyAndTrim(rollbackCommand);
    }

    MigrateSettings settings() {
        require("service", service, SERVICE_REMEDY);
        require("command", command, COMMAND_REMEDY);
        return new MigrateSettings(service, command, Optional.ofNullable(rollbackCommand));
    }

    private static void require(String field, String value, String remedy) {
        if (value.isEmpty()) {
            throw DeployFirstException.usage("migrate." + field + ": is empty.", remedy);
        }
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<MigrateDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MigrateDefinition_displayName();
        }

        @POST
        public FormValidation doCheckService(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> require("service", text, SERVICE_REMEDY));
        }

        @POST
        public FormValidation doCheckCommand(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> require("command", text, COMMAND_REMEDY));
        }
    }
}

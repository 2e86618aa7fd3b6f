package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The machine that the step runs on: the agent inside {@code node}, the controller outside. */
public final class LocalHostDefinition extends HostDefinition {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public LocalHostDefinition() {
        // It has no settings.
    }

    @Override
    void check() {
        // It has no settings.
    }

    @Override
    HostSettings resolve(CredentialSource credentials) {
        return new HostSettings.Local();
    }

    /** Describes it. */
    @Extension
    @Symbol("local")
    public static final class DescriptorImpl extends Descriptor<HostDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LocalHostDefinition_displayName();
        }

        /**
         * Tries this very machine, the controller, with what the form holds now.
         *
         * @param files compose files, one a line
         */
        @POST
        public FormValidation doTestConnection(
                @CheckForNull @AncestorInPath Item item,
                @QueryParameter String name,
                @QueryParameter String directory,
                @QueryParameter String stateFile,
                @QueryParameter String files,
                @QueryParameter String project) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return ConnectionTest.run(
                    ConnectionTest.environment(name, new LocalHostDefinition(), directory, stateFile, files, project),
                    CredentialSource.of(item));
        }
    }
}

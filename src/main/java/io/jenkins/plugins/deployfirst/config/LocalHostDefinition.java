package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The machine that the step runs on: the agent inside {@code node}, the controller outside. */
public final class LocalHostDefinition implements HostDefinition {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public LocalHostDefinition() {
        // It has no settings.
    }

    @Override
    public void check() {
        // It has no settings.
    }

    @Override
    public HostSettings resolve(CredentialSource credentials) {
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
    }
}

package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import org.kohsuke.stapler.DataBoundConstructor;

/** The host that is gone through to reach another one. */
public final class JumpHostDefinition extends SshDefinition implements Describable<JumpHostDefinition> {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a host.
     *
     * @param address {@code user@host:port}; without a user, the credential's; port 22 when left out
     */
    @DataBoundConstructor
    public JumpHostDefinition(String address) {
        super(address);
    }

    @Override
    String field() {
        return "host.ssh.jump";
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends SshDescriptor<JumpHostDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JumpHostDefinition_displayName();
        }
    }
}

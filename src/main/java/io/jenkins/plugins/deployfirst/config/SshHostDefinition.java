package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A host over SSH. */
public final class SshHostDefinition extends SshDefinition implements HostDefinition {
    private static final long serialVersionUID = 1L;

    private JumpHostDefinition jump;
    private boolean maskAddress;

    /**
     * Creates a host.
     *
     * @param address {@code user@host:port}; without a user, the credential's; port 22 when left out
     */
    @DataBoundConstructor
    public SshHostDefinition(String address) {
        super(address);
    }

    @CheckForNull
    public JumpHostDefinition getJump() {
        return jump;
    }

    /** Names the host to go through first; none by default. */
    @DataBoundSetter
    public void setJump(@CheckForNull JumpHostDefinition jump) {
        this.jump = jump;
    }

    public boolean isMaskAddress() {
        return maskAddress;
    }

    /** Keeps the host, its jump host and the users out of logs and messages; they are named by default. */
    @DataBoundSetter
    public void setMaskAddress(boolean maskAddress) {
        this.maskAddress = maskAddress;
    }

    @Override
    String field() {
        return "host.ssh";
    }

    @Override
    public void check() {
        checkLogin();
        Optional.ofNullable(jump).ifPresent(JumpHostDefinition::checkLogin);
    }

    @Override
    public HostSettings resolve(CredentialSource credentials) {
        return resolveLogin(
                credentials,
                Optional.ofNullable(jump).map(host -> host.resolveLogin(credentials, Optional.empty(), maskAddress)),
                maskAddress);
    }

    /** Describes it. */
    @Extension(ordinal = 100)
    @Symbol("ssh")
    public static final class DescriptorImpl extends SshDescriptor<HostDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SshHostDefinition_displayName();
        }
    }
}

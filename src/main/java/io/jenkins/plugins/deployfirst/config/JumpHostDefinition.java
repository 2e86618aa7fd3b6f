package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.io.Serializable;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The host that is gone through to reach another one. */
public final class JumpHostDefinition extends AbstractDescribableImpl<JumpHostDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String address;
    private String credentialsId;
    private String knownHosts;
    private String hostKey = Words.word(HostKeys.Policy.STRICT);

    /**
     * Creates a host.
     *
     * @param address {@code user@host:port}; without a user, the credential's; port 22 when left out
     */
    @DataBoundConstructor
    public JumpHostDefinition(String address) {
        this.address = Util.fixNull(address).strip();
    }

    public String getAddress() {
        return address;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Names the private key, or the user name with password, to log in with. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getKnownHosts() {
        return knownHosts;
    }

    /** Gives the lines of known_hosts that prove who the host is; none: those of the user that connects. */
    @DataBoundSetter
    public void setKnownHosts(@CheckForNull String knownHosts) {
        this.knownHosts = Util.fixEmptyAndTrim(knownHosts);
    }

    public String getHostKey() {
        return hostKey;
    }

    /** Says what to do about an unknown host key: {@code strict} (the default) or {@code accept-new}. */
    @DataBoundSetter
    public void setHostKey(@CheckForNull String hostKey) {
        this.hostKey = Words.orDefault(hostKey, HostKeys.Policy.STRICT);
    }

    void check() {
        settings().check();
    }

    HostSettings.Ssh resolve(CredentialSource credentials) {
        return settings().resolve(credentials, Optional.empty());
    }

    private SshSettings settings() {
        return new SshSettings("host.ssh.jump", address, credentialsId, knownHosts, hostKey);
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

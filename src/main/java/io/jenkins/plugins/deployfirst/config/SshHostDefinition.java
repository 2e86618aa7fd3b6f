package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A host over SSH. */
public final class SshHostDefinition extends HostDefinition {
    private static final long serialVersionUID = 1L;

    private final String address;
    private String credentialsId;
    private String knownHosts;
    private String hostKey = Words.word(HostKeys.Policy.STRICT);
    private JumpHostDefinition jump;

    /**
     * Creates a host.
     *
     * @param address {@code user@host:port}; without a user, the credential's; port 22 when left out
     */
    @DataBoundConstructor
    public SshHostDefinition(String address) {
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

    @CheckForNull
    public JumpHostDefinition getJump() {
        return jump;
    }

    /** Names the host to go through first; none by default. */
    @DataBoundSetter
    public void setJump(@CheckForNull JumpHostDefinition jump) {
        this.jump = jump;
    }

    @Override
    void check() {
        settings().check();
        Optional.ofNullable(jump).ifPresent(JumpHostDefinition::check);
    }

    @Override
    HostSettings resolve(CredentialSource credentials) {
        Optional<HostSettings.Ssh> through = Optional.ofNullable(jump).map(host -> host.resolve(credentials));
        return settings().resolve(credentials, through);
    }

    private SshSettings settings() {
        return new SshSettings("host.ssh", address, credentialsId, knownHosts, hostKey);
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

        /**
         * Tries the connection with what the form holds now; a jump host is used as it was saved.
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
                @QueryParameter String project,
                @QueryParameter String address,
                @QueryParameter String credentialsId,
                @QueryParameter String knownHosts,
                @QueryParameter String hostKey) {
            FormAccess.requireConnect(item);
            SshHostDefinition host = new SshHostDefinition(address);
            host.setCredentialsId(credentialsId);
            host.setKnownHosts(knownHosts);
            host.setHostKey(hostKey);
            host.setJump(DeployFirstConfiguration.get().savedJump(item, name, host.getAddress()));
            return ConnectionTest.run(
                    ConnectionTest.environment(name, host, directory, stateFile, files, project),
                    CredentialSource.of(item));
        }
    }
}

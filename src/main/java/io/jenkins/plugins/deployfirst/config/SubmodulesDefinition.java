package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.build.SubmoduleSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How the submodules of a checkout are brought. */
public final class SubmodulesDefinition extends AbstractDescribableImpl<SubmodulesDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String KIND = "\"SSH Username with private key\"";

    private String credentialsId;
    private String knownHosts;
    private String hostKey = Words.word(HostKeys.Policy.STRICT);

    @DataBoundConstructor
    public SubmodulesDefinition() {
        // Everything has a default.
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Names the private key that logs in to the git server; none: what the user of the node has. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getKnownHosts() {
        return knownHosts;
    }

    /** Gives the lines of known_hosts that prove who the git server is; none: those of the user of the node. */
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

    /**
     * Returns the engine's settings with the key that a build may use. The use is recorded.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when something is wrong
     */
    public SubmoduleSettings resolve(Run<?, ?> run) {
        SshHostKeys.checkLines("submodules.knownHosts", Util.fixNull(knownHosts));
        HostKeys keys = SshHostKeys.of("submodules.hostKey", knownHosts, hostKey);
        Optional<SshLogin.PrivateKey> key = Optional.ofNullable(credentialsId).map(id -> key(id, run));
        return new SubmoduleSettings(key, keys.knownHosts(), keys.policy());
    }

    private static SshLogin.PrivateKey key(String id, Run<?, ?> run) {
        // The servers that the submodules are on are named in the checkout, so that no domain can be asked for.
        SSHUserPrivateKey found = CredentialIds.require(
                "submodules.credentialsId", id, KIND, SSHUserPrivateKey.class, CredentialSource.of(run), List.of());
        return (SshLogin.PrivateKey) SshCredentials.login(found);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends HostKeysDescriptor<SubmodulesDefinition> {
        private static final CredentialsMatcher KEYS = CredentialsMatchers.instanceOf(SSHUserPrivateKey.class);

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SubmodulesDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new CredentialItems(item, KEYS, List.of()).list(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return new CredentialItems(item, KEYS, List.of()).check(value, KIND, FormValidation.ok());
        }
    }
}

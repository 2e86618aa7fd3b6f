package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.build.SubmoduleSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How the submodules of a checkout are brought. */
public final class SubmodulesDefinition extends HostKeysDefinition implements Describable<SubmodulesDefinition> {
    private static final long serialVersionUID = 1L;
    private static final String KIND = "\"SSH Username with private key\"";

    @DataBoundConstructor
    public SubmodulesDefinition() {
        // Everything has a default.
    }

    /**
     * Returns the engine's settings with the key that a build may use. The use is recorded.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when something is wrong
     */
    public SubmoduleSettings resolve(Run<?, ?> run) {
        HostKeys keys = hostKeys("submodules");
        Optional<SshLogin.PrivateKey> key =
                Optional.ofNullable(getCredentialsId()).map(id -> key(id, run));
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

package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of hosts over SSH have in common. */
public abstract class SshDescriptor<T extends Describable<T>> extends HostKeysDescriptor<T> {
    private static final CredentialsMatcher KINDS = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(SSHUserPrivateKey.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @CheckForNull @AncestorInPath Item item,
            @QueryParameter String credentialsId,
            @QueryParameter String address) {
        return new CredentialItems(item, KINDS, requirements(address)).list(credentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(
            @CheckForNull @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String address) {
        return new CredentialItems(item, KINDS, requirements(address))
                .check(value, SshCredentials.KINDS, FormValidation.error(Messages.SshDescriptor_noCredential()));
    }

    @POST
    public FormValidation doCheckAddress(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.text(item, value, text -> SshAddress.check("address", text));
    }

    private static List<DomainRequirement> requirements(@CheckForNull String address) {
        try {
            return SshCredentials.requirements(SshAddress.check("address", Util.fixNull(address)));
        } catch (DeployFirstException e) {
            return List.of();
        }
    }
}

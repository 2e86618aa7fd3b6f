package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms that name known host keys have in common. */
public abstract class HostKeysDescriptor<T extends Describable<T>> extends Descriptor<T> {
    @POST
    public FormValidation doCheckKnownHosts(
            @CheckForNull @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String hostKey) {
        if (FormAccess.mayCheck(item) && Util.fixEmptyAndTrim(value) == null) {
            return policyOrStrict(hostKey) == HostKeys.Policy.ACCEPT_NEW
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.SshDescriptor_noKnownHosts());
        }
        return FormChecks.text(item, value, text -> SshHostKeys.checkLines("knownHosts", text));
    }

    @POST
    public FormValidation doCheckHostKey(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        if (FormAccess.mayCheck(item) && policyOrStrict(value) == HostKeys.Policy.ACCEPT_NEW) {
            return FormValidation.warning(Messages.SshDescriptor_acceptNew());
        }
        return FormChecks.of(item, () -> SshHostKeys.of("hostKey", "", value));
    }

    @POST
    public ListBoxModel doFillHostKeyItems() {
        return Words.items(HostKeys.Policy.class);
    }

    private static HostKeys.Policy policyOrStrict(@CheckForNull String value) {
        try {
            return SshHostKeys.of("hostKey", "", value).policy();
        } catch (DeployFirstException e) {
            return HostKeys.Policy.STRICT;
        }
    }
}

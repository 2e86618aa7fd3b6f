package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of what is told by a secret text. */
public abstract class SecretTextDescriptor<T extends Describable<T>> extends Descriptor<T> {
    private final List<DomainRequirement> requirements;

    /**
     * Creates it.
     *
     * @param requirements what the credential's domain must allow
     */
    SecretTextDescriptor(List<DomainRequirement> requirements) {
        this.requirements = requirements;
    }

    /** Says what to choose where nothing is chosen. */
    abstract String withoutCredential();

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
        return items(item).list(credentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return items(item).check(value, SecretCredentials.WEBHOOK_KINDS, FormValidation.error(withoutCredential()));
    }

    private CredentialItems items(@CheckForNull Item item) {
        return new CredentialItems(item, SecretCredentials.TEXTS, requirements);
    }
}

package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Where the credentials that a definition names by id are looked up. */
public interface CredentialSource {
    /** Returns the credential with this id, when it exists and may be used here. */
    <C extends IdCredentials> Optional<C> find(String id, Class<C> type, List<DomainRequirement> requirements);

    /** Says for people who looks for it, such as {@code app/main #3}. */
    String user();

    /** Looks in the context of a build: what its job and its folders may use. The use is recorded. */
    static CredentialSource of(Run<?, ?> run) {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> Optional<C> find(
                    String id, Class<C> type, List<DomainRequirement> requirements) {
                C credentials = CredentialsProvider.findCredentialById(id, type, run, requirements);
                return Optional.ofNullable(CredentialsProvider.track(run, credentials));
            }

            @Override
            public String user() {
                return run.getParent().getFullName();
            }
        };
    }

    /**
     * Looks without a build: for a test of the settings.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     */
    static CredentialSource of(@CheckForNull Item item) {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> Optional<C> find(
                    String id, Class<C> type, List<DomainRequirement> requirements) {
                List<C> all = item == null
                        ? CredentialsProvider.lookupCredentialsInItemGroup(
                                type, Jenkins.get(), ACL.SYSTEM2, requirements)
                        : CredentialsProvider.lookupCredentialsInItem(type, item, ACL.SYSTEM2, requirements);
                return all.stream()
                        .filter(credentials -> credentials.getId().equals(id))
                        .findFirst();
            }

            @Override
            public String user() {
                return item == null ? "Jenkins" : item.getFullName();
            }
        };
    }
}

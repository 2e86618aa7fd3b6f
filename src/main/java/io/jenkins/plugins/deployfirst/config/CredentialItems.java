package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials that a form offers, and whether one that it names is among them. */
final class CredentialItems {
    private final Item item;
    private final CredentialsMatcher kinds;
    private final List<DomainRequirement> requirements;

    /**
     * Creates a list.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     * @param kinds which credentials are of use
     * @param requirements what a credential's domain must allow
     */
    CredentialItems(@CheckForNull Item item, CredentialsMatcher kinds, List<DomainRequirement> requirements) {
        this.item = item;
        this.kinds = kinds;
        this.requirements = requirements;
    }

    /** Returns the choices; for users who may not see credentials, only the one that is chosen already. */
    ListBoxModel list(@CheckForNull String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!FormAccess.mayListCredentials(item)) {
            return choices.includeCurrentValue(Util.fixNull(current));
        }
        choices.includeEmptyValue();
        if (item == null) {
            choices.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, requirements, kinds);
        } else {
            choices.includeMatchingAs(authentication(), item, StandardCredentials.class, requirements, kinds);
        }
        return choices.includeCurrentValue(Util.fixNull(current));
    }

    /**
     * Says whether a credential can be found.
     *
     * @param allowed the kinds as people see them
     * @param whenEmpty the answer when none is chosen
     */
    FormValidation check(@CheckForNull String id, String allowed, FormValidation whenEmpty) {
        if (!FormAccess.mayListCredentials(item)) {
            return FormValidation.ok();
        }
        String wanted = Util.fixEmptyAndTrim(id);
        if (wanted == null) {
            return whenEmpty;
        }
        if (wanted.startsWith("${") || exists(wanted)) {
            return FormValidation.ok();
        }
        // A folder's credentials are not seen from the global configuration, and yet its jobs can use them.
        return item == null
                ? FormValidation.warning(Messages.CredentialItems_onlyInFolders(wanted, allowed))
                : FormValidation.error(Messages.CredentialItems_missing(wanted, allowed));
    }

    private boolean exists(String id) {
        CredentialsMatcher wanted = CredentialsMatchers.allOf(kinds, CredentialsMatchers.withId(id));
        ListBoxModel found = item == null
                ? CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements, wanted)
                : CredentialsProvider.listCredentialsInItem(
                        StandardCredentials.class, item, authentication(), requirements, wanted);
        return !found.isEmpty();
    }

    /** A job may run as someone, and then uses that person's credentials. */
    private Authentication authentication() {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}

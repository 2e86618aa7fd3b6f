package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.List;

/** Looks up credentials by id, and says what is missing where. */
final class CredentialIds {
    private CredentialIds() {}

    /**
     * Returns the credential with an id.
     *
     * @param field the setting's name, for the error message
     * @param kinds the allowed kinds as people see them
     * @throws DeployFirstException (USAGE) when the id is empty, or no such credential can be used here
     */
    static <C extends StandardCredentials> C require(
            String field,
            @CheckForNull String id,
            String kinds,
            Class<C> type,
            CredentialSource source,
            List<DomainRequirement> requirements) {
        String wanted = Util.fixEmptyAndTrim(id);
        if (wanted == null) {
            throw DeployFirstException.usage(field + ": is empty.", "Choose a credential of the kind " + kinds + ".");
        }
        return source.find(wanted, type, requirements)
                .orElseThrow(() -> DeployFirstException.usage(
                        field + ": " + source.user() + " can use no credential with the id \"" + OneLine.of(wanted, 100)
                                + "\" that is of the kind " + kinds + ".",
                        "Add it in Manage Jenkins » Credentials, or in the credentials of the job's folder; its domain"
                                + " must include the host."));
    }

    static DeployFirstException wrongKind(String field, String id, String kinds) {
        return DeployFirstException.usage(
                field + ": the credential \"" + OneLine.of(id, 100) + "\" is of another kind.",
                "Name one of the kind " + kinds + ".");
    }
}

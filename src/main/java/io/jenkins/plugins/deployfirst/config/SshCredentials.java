package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.HostnamePortRequirement;
import com.cloudbees.plugins.credentials.domains.HostnameRequirement;
import com.cloudbees.plugins.credentials.domains.SchemeRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.Secret;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Logins to SSH servers, from the credentials that Jenkins keeps. */
final class SshCredentials {
    static final String KINDS = "\"SSH Username with private key\" or \"Username with password\"";

    private SshCredentials() {}

    static StandardUsernameCredentials find(
            String section, @CheckForNull String id, Endpoint endpoint, CredentialSource source) {
        String field = section + ".credentialsId";
        StandardUsernameCredentials found = CredentialIds.require(
                field, id, KINDS, StandardUsernameCredentials.class, source, requirements(endpoint));
        if (found instanceof SSHUserPrivateKey || found instanceof StandardUsernamePasswordCredentials) {
            return found;
        }
        throw CredentialIds.wrongKind(field, found.getId(), KINDS);
    }

    /** Returns what a credential's domain must allow. */
    static List<DomainRequirement> requirements(Endpoint endpoint) {
        return List.of(
                new SchemeRequirement("ssh"),
                new HostnameRequirement(endpoint.host()),
                new HostnamePortRequirement(endpoint.host(), endpoint.port()));
    }

    /** Returns the login; of a credential with several keys, the first counts. */
    static SshLogin login(StandardUsernameCredentials credentials) {
        if (credentials instanceof SSHUserPrivateKey key) {
            List<String> keys = key.getPrivateKeys();
            if (keys.isEmpty()) {
                throw DeployFirstException.usage(
                        "host.ssh.credentialsId: the credential \"" + key.getId() + "\" holds no private key.",
                        "Enter the key in it.");
            }
            return new SshLogin.PrivateKey(
                    key.getId(), keys.get(0).getBytes(StandardCharsets.UTF_8), secret(key.getPassphrase()));
        }
        StandardUsernamePasswordCredentials password = (StandardUsernamePasswordCredentials) credentials;
        return new SshLogin.Password(password.getId(), Secret.toString(password.getPassword()));
    }

    private static Optional<String> secret(@CheckForNull Secret secret) {
        return Optional.ofNullable(secret).map(Secret::getPlainText).filter(text -> !text.isEmpty());
    }
}

package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.Optional;

/**
 * How to reach a host over SSH and prove who is who, as text.
 *
 * @param field how messages call the section, such as {@code host.ssh}
 * @param address {@code user@host:port}, or without the user to take the credential's
 * @param credentialsId a private key, or a user name with a password
 * @param knownHosts lines of known_hosts
 * @param hostKey {@code strict} or {@code accept-new}
 */
record SshSettings(
        String field,
        String address,
        @CheckForNull String credentialsId,
        @CheckForNull String knownHosts,
        @CheckForNull String hostKey) {

    void check() {
        SshAddress.check(field + ".address", address);
        SshHostKeys.checkLines(field + ".knownHosts", Util.fixNull(knownHosts));
        SshHostKeys.of(field + ".hostKey", knownHosts, hostKey);
    }

    HostSettings.Ssh resolve(CredentialSource credentials, Optional<HostSettings.Ssh> jump) {
        Endpoint parsed = SshAddress.check(field + ".address", address);
        StandardUsernameCredentials found = SshCredentials.find(field, credentialsId, parsed, credentials);
        Endpoint endpoint = SshAddress.hasUser(address)
                ? parsed
                : Endpoint.parse(field + ".address", found.getUsername() + "@" + address);
        return new HostSettings.Ssh(
                endpoint, SshCredentials.login(found), SshHostKeys.of(field + ".hostKey", knownHosts, hostKey), jump);
    }
}

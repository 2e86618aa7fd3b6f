package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.Optional;

/** A machine that is logged in to over SSH. */
public abstract class SshDefinition extends HostKeysDefinition {
    private static final long serialVersionUID = 1L;

    private final String address;

    /**
     * Creates it.
     *
     * @param address {@code user@host:port}; without a user, the credential's; port 22 when left out
     */
    SshDefinition(String address) {
        this.address = Util.fixNull(address).strip();
    }

    public final String getAddress() {
        return address;
    }

    /** Returns how messages call the section, such as {@code host.ssh}. */
    abstract String field();

    /**
     * Checks all that needs no credential.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong
     */
    final void checkLogin() {
        SshAddress.check(field() + ".address", address);
        hostKeys(field());
    }

    /**
     * Looks its credential up.
     *
     * @param jump the host to go through first
     * @param maskAddress whether messages do not name the host and the user
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong or the credential
     *     is missing
     */
    final HostSettings.Ssh resolveLogin(
            CredentialSource credentials, Optional<HostSettings.Ssh> jump, boolean maskAddress) {
        Endpoint parsed = SshAddress.check(field() + ".address", address);
        StandardUsernameCredentials found = SshCredentials.find(field(), getCredentialsId(), parsed, credentials);
        Endpoint endpoint = SshAddress.hasUser(address)
                ? parsed
                : Endpoint.parse(field() + ".address", found.getUsername() + "@" + address);
        return new HostSettings.Ssh(endpoint, SshCredentials.login(found), hostKeys(field()), jump, maskAddress);
    }
}

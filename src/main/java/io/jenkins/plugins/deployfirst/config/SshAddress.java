package io.jenkins.plugins.deployfirst.config;

import io.jenkins.plugins.deployfirst.engine.host.Endpoint;

/** The address of an SSH server, whose user may be left to the credential. */
final class SshAddress {
    private SshAddress() {}

    static boolean hasUser(String address) {
        return address.contains("@");
    }

    /**
     * Reads an address.
     *
     * @return its user stands for the credential's when it names none
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when it has another form
     */
    static Endpoint check(String field, String address) {
        return Endpoint.parse(field, hasUser(address) || address.isBlank() ? address : "user@" + address.strip());
    }
}

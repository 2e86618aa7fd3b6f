package io.jenkins.plugins.deployfirst.engine.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What proves who the host is.
 *
 * @param knownHosts lines in the format of {@code known_hosts}, hashed ones too; empty: those of the file
 * @param file the file that is read, and that {@code ACCEPT_NEW} writes to
 * @param policy what happens to a host that neither names
 */
public record HostKeys(String knownHosts, Optional<Path> file, Policy policy) {

    /** What happens to a host whose key is not known. A changed key is always refused. */
    public enum Policy {
        /** It is refused, with its fingerprint; the default. */
        STRICT,
        /** Its key is accepted and remembered, as OpenSSH's {@code accept-new} does. */
        ACCEPT_NEW
    }
}

package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.util.Optional;

/**
 * How a checkout's submodules are brought.
 *
 * @param key what logs in to the git server; empty: what the user has
 * @param knownHosts lines in the format of {@code known_hosts}; empty: those of the user
 * @param policy what happens to a server that they do not name
 */
public record SubmoduleSettings(Optional<SshLogin.PrivateKey> key, String knownHosts, HostKeys.Policy policy) {}

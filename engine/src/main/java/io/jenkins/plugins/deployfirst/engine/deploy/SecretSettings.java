package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.Registry;
import java.util.Optional;

/**
 * What a flow lends to the host and takes away again when it ends.
 *
 * @param registry the login that pulls images
 * @param envFile the file of settings that the containers need
 */
public record SecretSettings(Optional<Registry> registry, Optional<EnvFileSettings> envFile) {
    public static final SecretSettings NONE = new SecretSettings(Optional.empty(), Optional.empty());
}

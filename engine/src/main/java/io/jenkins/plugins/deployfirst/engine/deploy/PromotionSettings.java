package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.Optional;

/**
 * What is heeded when a release is promoted to an environment.
 *
 * @param backup a shell command line, run in the environment's directory before anything is changed
 * @param freeze when nothing is promoted
 */
public record PromotionSettings(Optional<String> backup, FreezeWindows freeze) {
    public static final PromotionSettings NONE = new PromotionSettings(Optional.empty(), FreezeWindows.NONE);

    public PromotionSettings {
        if (backup.filter(String::isBlank).isPresent()) {
            throw DeployFirstException.usage("backup: is empty.", "Write a command, or remove the key.");
        }
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import java.util.List;
import java.util.Optional;

/**
 * An environment with its credentials, ready for the engine; it travels as {@link EngineJson}.
 *
 * @param environment the engine's settings
 * @param ci the CI server to read, if there is one
 * @param notifiers who is told
 */
public record ResolvedEnvironment(Environment environment, Optional<CiAccess> ci, List<WebhookAccess> notifiers) {
    public ResolvedEnvironment {
        notifiers = List.copyOf(notifiers);
    }

    /** Returns the same environment, its releases made to run by another compose action. */
    public ResolvedEnvironment with(ComposeSettings.Action action) {
        ComposeSettings present = environment.compose();
        Environment changed = environment.with(new ComposeSettings(present.files(), present.project(), action));
        return new ResolvedEnvironment(changed, ci, notifiers);
    }

    /** Names it without any secret: some of the engine's settings hold them. */
    @Override
    public String toString() {
        return environment.name() + " on " + environment.host().describe();
    }
}

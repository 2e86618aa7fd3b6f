package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An environment with its credentials, ready for the engine.
 *
 * @param environment the engine's settings
 * @param ci the CI server to read, if there is one
 * @param notifiers who is told
 * @param via whose agents open the connection to its host; empty: whoever runs the flow
 */
public record ResolvedEnvironment(
        Environment environment, Optional<BuildCi> ci, List<WebhookAccess> notifiers, Optional<Via> via) {
    public ResolvedEnvironment {
        notifiers = List.copyOf(notifiers);
    }

    /** Makes one whose host is connected to by whoever runs the flow. */
    public ResolvedEnvironment(Environment environment, Optional<BuildCi> ci, List<WebhookAccess> notifiers) {
        this(environment, ci, notifiers, Optional.empty());
    }

    /** Returns the environment with other settings of the engine. */
    public ResolvedEnvironment with(UnaryOperator<Environment> change) {
        return new ResolvedEnvironment(change.apply(environment), ci, notifiers, via);
    }

    /**
     * Returns the environment as it is where the host is the machine itself: with these environment variables, which say
     * which Docker its commands use. Other hosts have their own.
     */
    public ResolvedEnvironment withDocker(Map<String, String> variables) {
        return environment.host() instanceof HostSettings.Local
                ? with(settings -> settings.on(new HostSettings.Local(variables)))
                : this;
    }

    /** Names it without any secret: some of the engine's settings hold them. */
    @Override
    public String toString() {
        return environment.name() + " on " + environment.host().describe();
    }
}

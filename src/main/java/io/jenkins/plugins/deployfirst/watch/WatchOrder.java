package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import java.util.Map;

/**
 * What is to be watched.
 *
 * @param environment its name
 * @param definition of the environment, where a pipeline defines it itself; null: it is configured under its name
 * @param sha the full SHA
 * @param node whose agent does on the host what the verdict asks for: the node's name, empty for the built-in one; null
 *     outside {@code node}, where the controller does it
 * @param docker the variables that say which Docker a local host uses; null, as from an older version: none
 */
public record WatchOrder(
        String environment,
        @CheckForNull EnvironmentDefinition definition,
        String sha,
        @CheckForNull String node,
        Map<String, String> docker) {
    public WatchOrder {
        docker = docker == null ? Map.of() : Map.copyOf(docker);
    }

    /** Orders to watch an environment that is configured. */
    public static WatchOrder of(String environment, String sha, @CheckForNull String node, Map<String, String> docker) {
        return new WatchOrder(environment, null, sha, node, docker);
    }

    /** Returns the same for another commit, such as the full form of an abbreviated one. */
    public WatchOrder of(String commit) {
        return new WatchOrder(environment, definition, commit, node, docker);
    }

    /**
     * Looks up the environment as it is configured now, with its credentials.
     *
     * @throws AbortException in one line with the remedy, when that cannot be done
     */
    public ResolvedEnvironment resolve(Run<?, ?> run) throws AbortException {
        return DeployFirstConfiguration.get()
                .choose(definition == null ? environment : null, definition, run.getParent(), node != null)
                .resolve(run)
                .withDocker(docker);
    }

    /** Returns whether the environment is not there any more. */
    boolean isWithoutEnvironment(Run<?, ?> run) {
        return definition == null && !DeployFirstConfiguration.get().defines(environment, run.getParent());
    }
}

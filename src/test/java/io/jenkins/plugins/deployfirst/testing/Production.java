package io.jenkins.plugins.deployfirst.testing;

import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The second environment of a host, which the releases of its first one are carried on to. */
public final class Production implements AutoCloseable {
    /** The environment's name. */
    public static final String NAME = "prod";

    private static final String COMPOSE_FILE = "docker-compose-prod.yml";

    public final Stack stack;
    private final JenkinsHost host;
    private final String first;

    private Production(JenkinsHost host, Stack stack) {
        this.host = host;
        this.stack = stack;
        this.first = host.stack.commit("Add production", Map.of(COMPOSE_FILE, stack.composeFile("")));
        Tool.run(
                stack.checkout(),
                "sh",
                "-c",
                "git remote set-url origin '" + host.stack.origin() + "' && git fetch -q && git reset -q --hard "
                        + first);
    }

    /** Starts it with containers of its own; from now on the host's repository holds its compose file. */
    public static Production start(Path root, JenkinsHost host) {
        return new Production(host, Stack.start(root).withStateFolder());
    }

    /** Returns the commit that it runs before anything is promoted. */
    public String first() {
        return first;
    }

    /** Returns the environment, without a CI server of its own. */
    public EnvironmentDefinition definition() {
        EnvironmentDefinition like = host.definition(NAME);
        EnvironmentDefinition definition =
                new EnvironmentDefinition(NAME, like.getHost(), stack.checkout().toString());
        definition.setCompose(like.getCompose());
        definition.getCompose().setFiles(List.of(COMPOSE_FILE));
        definition.getCompose().setProject(stack.project());
        definition.setHealth(like.getHealth());
        definition.getHealth().setUrl(stack.url());
        definition.setStateFile(stack.stateFile().toString());
        return definition;
    }

    @Override
    public void close() {
        stack.close();
    }
}

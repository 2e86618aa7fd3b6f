package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.command.DockerBuild;
import java.util.List;

/**
 * An image about to be built.
 *
 * @param number in the request, from 0
 * @param repository with the registry before it
 */
record PlannedImage(int number, String name, String repository, List<String> tags, DockerBuild build) {
    BuiltImage built(String id) {
        return new BuiltImage(name, repository, tags, id, "");
    }
}

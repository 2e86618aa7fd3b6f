package io.jenkins.plugins.deployfirst.ci;

import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A repository on GitHub, GitLab or Gitea.
 *
 * @param service the sort of server
 * @param apiUrl such as {@code https://api.github.com}
 * @param repository its name there
 */
public record RepositoryPlace(CiService service, String apiUrl, String repository) implements CiPlace {
    @Override
    public CiServer open(HttpClient http, Supplier<Optional<String>> token) {
        return service.open(http, apiUrl, repository, token, UnaryOperator.identity());
    }

    /** Returns whether an event of a server of this sort is about this repository, whose name may come in any case. */
    public boolean isNamed(CiService sort, String name) {
        return service == sort && repository.equalsIgnoreCase(name);
    }

    @Override
    public String toString() {
        return service.key() + " " + repository + " at " + apiUrl;
    }
}

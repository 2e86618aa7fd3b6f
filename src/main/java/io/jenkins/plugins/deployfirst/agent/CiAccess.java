package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a repository's checks are read from its CI server.
 *
 * @param service the sort of server
 * @param apiUrl such as {@code https://api.github.com}
 * @param repository its name there
 * @param token secret; empty for none
 */
public record CiAccess(CiService service, String apiUrl, String repository, String token) {

    /**
     * Returns the server.
     *
     * @param current asked for each request, for a token that may change
     */
    public CiServer open(HttpClient http, Supplier<Optional<String>> current) {
        return service.open(
                http, apiUrl, repository, current, text -> token.isEmpty() ? text : text.replace(token, "****"));
    }

    /** Returns the page of a commit, below which that of its checks lies; empty where there is none. */
    public String commitPage(String sha) {
        String checks = open(Http.onController(), Optional::empty).pageOf(sha);
        int end = checks.indexOf(sha);
        return end < 0 ? "" : checks.substring(0, end + sha.length());
    }

    @Override
    public String toString() {
        return service.key() + " " + repository + " at " + apiUrl;
    }
}

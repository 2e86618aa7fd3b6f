package io.jenkins.plugins.deployfirst.config;

import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import java.net.http.HttpClient;
import java.util.Optional;

/** Checks settings of GitHub by the engine's own rules. */
final class GitHubSettings {
    /** Never sends anything: a reader of GitHub checks its settings when it is made. */
    private static final HttpClient UNUSED = HttpClient.newHttpClient();

    private GitHubSettings() {}

    /**
     * Checks the address and the repository's name.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when one of them has another form
     */
    static void check(String apiUrl, String repository) {
        new GitHub(UNUSED, apiUrl, repository, Optional::empty).describe();
    }

    /**
     * Checks the address.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when it has another form
     */
    static void checkUrl(String apiUrl) {
        check(apiUrl, "owner/name");
    }
}

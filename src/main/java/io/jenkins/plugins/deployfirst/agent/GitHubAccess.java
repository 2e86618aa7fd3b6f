package io.jenkins.plugins.deployfirst.agent;

/**
 * How a repository's checks are read from GitHub.
 *
 * @param apiUrl such as {@code https://api.github.com}
 * @param repository {@code owner/name}
 * @param token secret; empty for none
 */
public record GitHubAccess(String apiUrl, String repository, String token) {
    @Override
    public String toString() {
        return "GitHub " + repository + " at " + apiUrl;
    }
}

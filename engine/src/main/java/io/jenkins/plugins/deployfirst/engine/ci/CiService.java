package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The sorts of CI servers that can be read, as configuration names them. */
public enum CiService {
    /** GitHub and GitHub Enterprise. */
    GITHUB("repository", "owner/name", GitHub.DEFAULT_API_URL) {
        @Override
        public void check(String apiUrl, String repository) {
            GitHub.url(apiUrl);
            GitHub.repository(repository);
        }

        @Override
        public CiServer open(
                HttpClient client,
                String apiUrl,
                String repository,
                Supplier<Optional<String>> token,
                UnaryOperator<String> mask) {
            return new GitHub(client, apiUrl, repository, token, mask);
        }
    },
    /** gitlab.com, and GitLab servers of one's own. */
    GITLAB("project", "group/name", GitLab.DEFAULT_API_URL) {
        @Override
        public void check(String apiUrl, String repository) {
            GitLab.url(apiUrl);
            GitLab.project(repository);
        }

        @Override
        public CiServer open(
                HttpClient client,
                String apiUrl,
                String repository,
                Supplier<Optional<String>> token,
                UnaryOperator<String> mask) {
            return new GitLab(client, apiUrl, repository, token, mask);
        }
    },
    /** Gitea and Forgejo. */
    GITEA("repository", "owner/name", "") {
        @Override
        public void check(String apiUrl, String repository) {
            Gitea.url(apiUrl);
            Gitea.repository(repository);
        }

        @Override
        public CiServer open(
                HttpClient client,
                String apiUrl,
                String repository,
                Supplier<Optional<String>> token,
                UnaryOperator<String> mask) {
            return new Gitea(client, apiUrl, repository, token);
        }
    };

    private final String repositoryKey;
    private final String example;
    private final String defaultApiUrl;

    CiService(String repositoryKey, String example, String defaultApiUrl) {
        this.repositoryKey = repositoryKey;
        this.example = example;
        this.defaultApiUrl = defaultApiUrl;
    }

    /** Returns its key in the configuration, such as {@code github}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the key below it that names the repository. */
    public String repositoryKey() {
        return repositoryKey;
    }

    /** Returns how a repository is named there. */
    public String example() {
        return example;
    }

    /** Returns the API's address when none is given; empty where everybody has a server of their own. */
    public Optional<String> defaultApiUrl() {
        return Optional.of(defaultApiUrl).filter(url -> !url.isEmpty());
    }

    /**
     * Checks what configuration says, without asking the server.
     *
     * @throws DeployFirstException (USAGE) when the address or the repository's name has another form
     */
    public abstract void check(String apiUrl, String repository);

    /**
     * Returns a reader of one repository; it needs no more than one per repository and credentials.
     *
     * @param client must not follow redirects by itself (the default), or it would take the token along
     * @param apiUrl the API's address
     * @param repository its name there
     * @param token asked for each request, so that it may change; empty for none. It must not block for long.
     * @param mask takes secrets out of what the logs of failing checks say
     * @throws DeployFirstException (USAGE) when the address or the repository's name has another form
     */
    public abstract CiServer open(
            HttpClient client,
            String apiUrl,
            String repository,
            Supplier<Optional<String>> token,
            UnaryOperator<String> mask);
}

package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The sorts of CI servers that can be read, as configuration names them. */
public enum CiService {
    /** GitHub and GitHub Enterprise. */
    GITHUB("repository", "owner/name", GitHub.DEFAULT_API_URL, GitHub::url, GitHub::repository, GitHub::new),
    /** gitlab.com, and GitLab servers of one's own. */
    GITLAB("project", "group/name", GitLab.DEFAULT_API_URL, GitLab::url, GitLab::project, GitLab::new),
    /** Gitea and Forgejo; they have no logs to mask. */
    GITEA(
            "repository",
            "owner/name",
            "",
            Gitea::url,
            Gitea::repository,
            (client, apiUrl, repository, token, mask) -> new Gitea(client, apiUrl, repository, token));

    private final String repositoryKey;
    private final String example;
    private final String defaultApiUrl;
    private final Consumer<String> urlCheck;
    private final Consumer<String> repositoryCheck;
    private final Opener opener;

    CiService(
            String repositoryKey,
            String example,
            String defaultApiUrl,
            Consumer<String> urlCheck,
            Consumer<String> repositoryCheck,
            Opener opener) {
        this.repositoryKey = repositoryKey;
        this.example = example;
        this.defaultApiUrl = defaultApiUrl;
        this.urlCheck = urlCheck;
        this.repositoryCheck = repositoryCheck;
        this.opener = opener;
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
    public void check(String apiUrl, String repository) {
        urlCheck.accept(apiUrl);
        repositoryCheck.accept(repository);
    }

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
    public CiServer open(
            HttpClient client,
            String apiUrl,
            String repository,
            Supplier<Optional<String>> token,
            UnaryOperator<String> mask) {
        return opener.open(client, apiUrl, repository, token, mask);
    }

    /** Makes a reader; what the parts are, {@link CiService#open} says. */
    private interface Opener {
        CiServer open(
                HttpClient client,
                String apiUrl,
                String repository,
                Supplier<Optional<String>> token,
                UnaryOperator<String> mask);
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads a commit's checks from GitLab: the jobs of its pipelines, what other systems report for it (external jobs), and
 * the pipelines themselves, where they tell more than their jobs.
 *
 * @see <a href="https://docs.gitlab.com/api/commits/#list-commit-statuses">statuses of a commit</a>
 * @see <a href="https://docs.gitlab.com/api/pipelines/#list-project-pipelines">pipelines</a>
 */
public final class GitLab implements CiServer {
    /** The API of gitlab.com. */
    public static final String DEFAULT_API_URL = "https://gitlab.com/api/v4";

    private static final String PERMISSION = "the scope \"read_api\" and the role Reporter in the project";
    private static final Pattern PROJECT =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(?:/[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}){1,20}");
    private static final Dialect DIALECT = new Dialect(
            "ci.gitlab",
            "project",
            List.of("Accept", "application/json"),
            new Dialect.Paging("per_page", 100),
            " A token may raise it.");

    private final String project;
    private final String webUrl;
    private final CiApi api;
    private final Listing<GitLabJson.Job> jobs;
    private final Listing<GitLabJson.Pipeline> pipelines;
    private final JobLogs logs;
    private final Explanations explanations;

    /**
     * Creates a reader of one project; it needs no more than one per project and credentials.
     *
     * @param client must not follow redirects by itself (the default), or it would take the token along
     * @param apiUrl {@link #DEFAULT_API_URL}, or {@code https://HOST/api/v4} for a server of one's own
     * @param project its path, {@code group/name} or {@code group/subgroup/name}
     * @param token a personal, project or group access token, asked for each request, so that it may change; empty for
     *     none, which is enough for public projects. It must not block for long.
     * @param mask takes secrets out of what logs say
     * @throws DeployFirstException (USAGE) when the address or the project's path has another form
     */
    public GitLab(
            HttpClient client,
            String apiUrl,
            String project,
            Supplier<Optional<String>> token,
            UnaryOperator<String> mask) {
        URI url = url(apiUrl);
        this.project = project(project);
        this.webUrl = CiSettings.webUrl(url, "/api/v4");
        this.api = new CiApi(client, url, describe(), DIALECT, token, CiApi.TIMEOUT);
        this.jobs = new Listing<>(api, "", PERMISSION, GitLabJson::job);
        this.pipelines = new Listing<>(api, "", PERMISSION, GitLabJson::pipeline);
        this.logs = new JobLogs(client, url, token, mask);
        this.explanations = new Explanations(
                Pattern.compile(Pattern.quote(webUrl + "/" + project) + "/(?:-/jobs|builds)/(\\d{1,19})(?:[?#].*)?"));
    }

    static URI url(String apiUrl) {
        return CiSettings.apiUrl(
                DIALECT.apiUrl(),
                apiUrl,
                "Write " + DEFAULT_API_URL + ", or https://HOST/api/v4 for a server of your own.");
    }

    static String project(String path) {
        return CiSettings.name(
                DIALECT.repositorySetting(),
                path,
                PROJECT,
                "is not a project's path.",
                "Write group/name, as in https://gitlab.com/group/name.");
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return read(sha, Turn.IN_LINE);
    }

    @Override
    public CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return read(sha, Turn.FIRST);
    }

    private CompletableFuture<CiSnapshot> read(String sha, Turn turn) {
        String commit = CiSettings.fullSha(sha);
        String path = path();
        CompletableFuture<List<GitLabJson.Job>> own =
                jobs.readAll(path + "/repository/commits/" + commit + "/statuses?", turn);
        // A project whose CI/CD is turned off refuses its pipelines, and may still have external jobs.
        CompletableFuture<List<GitLabJson.Pipeline>> runs =
                CiApi.unlessRefused(pipelines.readAll(path + "/pipelines?sha=" + commit, turn), List.of());
        return own.thenCombine(runs, (all, of) -> new GitLabChecks(of, all).snapshot());
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return explanations.of(
                failures,
                (check, id) -> logs.lastLines(path() + "/jobs/" + id + "/trace")
                        .thenApply(log -> new FailureDetail(check.key(), "", log)));
    }

    @Override
    public CompletableFuture<String> look() {
        return new RepositoryLook(api, path(), PERMISSION)
                .run(
                        path() + "/repository/commits/",
                        List.of(new RepositoryLook.Part("/statuses?per_page=1", PERMISSION)));
    }

    private String path() {
        return "/projects/" + project.replace("/", "%2F");
    }

    @Override
    public String describe() {
        String host = URI.create(webUrl).getHost();
        return "GitLab " + project + (host.equals("gitlab.com") ? "" : " on " + host);
    }

    @Override
    public String pageOf(String sha) {
        return webUrl + "/" + project + "/-/commit/" + CiSettings.fullSha(sha) + "/pipelines";
    }
}

package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Reads a commit's checks from Gitea or Forgejo: its commit statuses, which their own Actions report too.
 *
 * <p>The list of all statuses is read, and the last of each context kept: the combined status shows the same, but older
 * servers count only one page in it.
 *
 * @see <a href="https://docs.gitea.com/api/#tag/repository/operation/repoListStatusesByRef">statuses of a commit</a>
 */
public final class Gitea implements CiServer {
    private static final Dialect DIALECT = new Dialect(
            "ci.gitea", "repository", List.of("Accept", "application/json"), new Dialect.Paging("limit", 50), "");

    private static final String PERMISSION = "the scope \"read:repository\"";

    private final String repository;
    private final String webUrl;
    private final CiApi api;
    private final Listing<Status> statuses;
    private final SkippedCommits skipped;

    /** A commit status; its {@code id} grows with every report for the commit. */
    private record Status(long id, Check check) {}

    /**
     * Creates a reader of one repository; it needs no more than one per repository and credentials.
     *
     * @param client must not follow redirects by itself (the default), or it would take the token along
     * @param apiUrl {@code https://HOST/api/v1}
     * @param repository {@code owner/name}
     * @param token asked for each request, so that it may change; empty for none, which is enough for public
     *     repositories. It must not block for long.
     * @throws DeployFirstException (USAGE) when the address or the repository's name has another form
     */
    public Gitea(HttpClient client, String apiUrl, String repository, Supplier<Optional<String>> token) {
        URI url = url(apiUrl);
        this.repository = repository(repository);
        this.webUrl = CiSettings.webUrl(url, "/api/v1");
        this.api = new CiApi(client, url, describe(), DIALECT, token, CiApi.TIMEOUT);
        this.statuses = new Listing<>(api, "", PERMISSION, Gitea::status);
        this.skipped = new SkippedCommits(api, PERMISSION);
    }

    static URI url(String apiUrl) {
        return CiSettings.apiUrl(DIALECT.apiUrl(), apiUrl, "Write https://HOST/api/v1.");
    }

    static String repository(String name) {
        return CiSettings.ownerAndName(DIALECT.repositorySetting(), name, "https://gitea.example.com/owner/name");
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
        String path = "/repos/" + repository;
        // By index, the oldest first: what is reported between two pages comes at the end, and hides nothing.
        return statuses.readAll(path + "/commits/" + commit + "/statuses?sort=highestindex", turn)
                .thenApply(Gitea::latest)
                .thenCompose(checks -> checks.isEmpty()
                        ? skipped.contain(commit, path + "/git/commits/" + commit + "?stat=false&files=false")
                                .thenApply(skip -> new CiSnapshot(checks, skip))
                        : CompletableFuture.completedFuture(new CiSnapshot(checks, false)));
    }

    @Override
    public CompletableFuture<String> look() {
        String path = "/repos/" + repository;
        return new RepositoryLook(api, path, PERMISSION)
                .run(path + "/commits/", List.of(new RepositoryLook.Part("/statuses?limit=1", PERMISSION)));
    }

    @Override
    public String describe() {
        return "Gitea " + repository + " on " + URI.create(webUrl).getHost();
    }

    @Override
    public String pageOf(String sha) {
        return webUrl + "/" + repository + "/commit/" + CiSettings.fullSha(sha);
    }

    private static List<Check> latest(List<Status> all) {
        Map<String, Status> latest = new LinkedHashMap<>();
        for (Status status : all) {
            latest.merge(status.check.key(), status, (one, other) -> one.id > other.id ? one : other);
        }
        return latest.values().stream().map(Status::check).toList();
    }

    private static Status status(JsonNode status) {
        long id = CiJson.number(status, "id");
        State state =
                switch (CiJson.text(status, "status")) {
                    case "success" -> State.SUCCEEDED;
                    case "failure", "error" -> State.FAILED;
                    // Neither good enough to validate a release nor bad enough to take it back.
                    case "warning", "skipped" -> State.NEUTRAL;
                    default -> State.PENDING;
                };
        return new Status(
                id,
                new Check(
                        "status/" + CiJson.identity(status, "context", id),
                        CiJson.name(status, "context"),
                        state,
                        CiJson.word(status, "status"),
                        CiJson.link(status, "target_url")));
    }
}

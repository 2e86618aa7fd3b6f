package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.GitHubJson.Report;
import io.jenkins.plugins.deployfirst.engine.ci.GitHubJson.Suite;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a commit's checks from GitHub or GitHub Enterprise: check runs, commit statuses and check suites.
 *
 * <p>The suites are read because a workflow that cannot start has no check run, and one whose next job is about to start
 * shows no sign of it among the check runs.
 */
public final class GitHub implements CiServer {
    /** The API of github.com. */
    public static final String DEFAULT_API_URL = "https://api.github.com";

    private static final String CHECKS = "\"Checks: read\"";
    private static final String STATUSES = "\"Commit statuses: read\"";
    private static final Dialect DIALECT = new Dialect(
            "ci.github",
            "repository",
            List.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28"),
            new Dialect.Paging("per_page", 100),
            " A token raises it (60 requests an hour without one).");

    private final String repository;
    private final String webUrl;
    private final Listing<Report> checkRuns;
    private final Listing<Report> statuses;
    private final Listing<Suite> suites;
    private final SkippedCommits skipped;
    private final CiApi api;
    private final JobLogs logs;
    private final Explanations explanations;

    /**
     * Creates a reader of one repository; it needs no more than one per repository and credentials.
     *
     * @param client must not follow redirects by itself (the default), or it would take the token along
     * @param apiUrl {@link #DEFAULT_API_URL}, or {@code https://HOST/api/v3} for GitHub Enterprise Server
     * @param repository {@code owner/name}
     * @param token asked for each request, so that it may change; empty for none, which is enough for public
     *     repositories. It must not block for long.
     * @param mask takes secrets out of what logs say
     * @throws DeployFirstException (USAGE) when the address or the repository's name has another form
     */
    public GitHub(
            HttpClient client,
            String apiUrl,
            String repository,
            Supplier<Optional<String>> token,
            UnaryOperator<String> mask) {
        this(client, apiUrl, repository, token, mask, CiApi.TIMEOUT);
    }

    /** Creates a reader whose logs hold no other secret than the token. */
    public GitHub(HttpClient client, String apiUrl, String repository, Supplier<Optional<String>> token) {
        this(client, apiUrl, repository, token, UnaryOperator.identity());
    }

    GitHub(
            HttpClient client,
            String apiUrl,
            String repository,
            Supplier<Optional<String>> token,
            UnaryOperator<String> mask,
            Duration timeout) {
        URI url = url(apiUrl);
        this.repository = repository(repository);
        this.webUrl = webUrl(url);
        this.api = new CiApi(client, url, describe(), DIALECT, token, timeout);
        this.checkRuns = new Listing<>(api, "check_runs", CHECKS, GitHubJson::checkRun);
        this.statuses = new Listing<>(api, "statuses", STATUSES, GitHubJson::commitStatus);
        this.suites = new Listing<>(api, "check_suites", CHECKS, GitHubJson::checkSuite);
        this.skipped = new SkippedCommits(api, "\"Contents: read\"");
        this.logs = new JobLogs(client, url, token, mask);
        this.explanations = new Explanations(Pattern.compile(
                Pattern.quote(webUrl + "/" + repository) + "/actions/runs/\\d{1,19}/job/(\\d{1,19})(?:[?#].*)?"));
    }

    static URI url(String apiUrl) {
        return CiSettings.apiUrl(
                DIALECT.apiUrl(),
                apiUrl,
                "Write " + DEFAULT_API_URL + ", or https://HOST/api/v3 for GitHub Enterprise Server.");
    }

    static String repository(String name) {
        return CiSettings.ownerAndName(DIALECT.repositorySetting(), name, "https://github.com/owner/name");
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
        String commit = "/repos/" + repository + "/commits/" + CiSettings.fullSha(sha);
        CompletableFuture<List<Report>> runs = checkRuns.readAll(commit + "/check-runs?filter=latest", turn);
        CompletableFuture<List<Report>> legacy = statuses.readAll(commit + "/status?", turn);
        // A refusal here is no refusal of CI: the check runs need the same permission.
        CompletableFuture<List<Suite>> workflows =
                CiApi.unlessRefused(suites.readAll(commit + "/check-suites?", turn), List.of());
        return runs.thenCombine(legacy, GitHub::latest)
                .thenCombine(workflows, (reports, all) -> checks(reports, all, sha))
                .thenCompose(checks -> checks.isEmpty()
                        ? skipped
                                // One changed file per page: they come along and are not wanted.
                                .contain(sha, commit + "?per_page=1")
                                .thenApply(skip -> new CiSnapshot(checks, skip))
                        : CompletableFuture.completedFuture(new CiSnapshot(checks, false)));
    }

    @Override
    public CompletableFuture<String> look() {
        String path = "/repos/" + repository;
        return new RepositoryLook(api, path, "\"Metadata: read\"")
                .run(
                        path + "/commits/",
                        List.of(
                                new RepositoryLook.Part("/check-runs?per_page=1", CHECKS),
                                new RepositoryLook.Part("/status?per_page=1", STATUSES)));
    }

    /** Only jobs of GitHub Actions have steps and logs here. */
    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return explanations.of(failures, (check, id) -> {
            String job = "/repos/" + repository + "/actions/jobs/" + id;
            return api.get(job, "\"Actions: read\"")
                    .thenApply(
                            document -> GitHubJson.failedStep(document.content().orElseThrow()))
                    .exceptionally(refused -> "")
                    .thenCombine(
                            logs.lastLines(job + "/logs"), (step, log) -> new FailureDetail(check.key(), step, log));
        });
    }

    @Override
    public String describe() {
        String host = URI.create(webUrl).getHost();
        return "GitHub " + repository + (host.equals("github.com") ? "" : " on " + host);
    }

    @Override
    public String pageOf(String sha) {
        return webUrl + "/" + repository + "/commit/" + CiSettings.fullSha(sha) + "/checks";
    }

    /** Keeps the latest run of each check. */
    private static Collection<Report> latest(List<Report> runs, List<Report> statuses) {
        Map<String, Report> latest = new LinkedHashMap<>();
        for (List<Report> reports : List.of(runs, statuses)) {
            for (Report report : reports) {
                latest.merge(report.check().key(), report, (one, other) -> one.id() > other.id() ? one : other);
            }
        }
        return latest.values();
    }

    private List<Check> checks(Collection<Report> reports, List<Suite> suites, String sha) {
        Stream<Check> told = suites.stream()
                .filter(Suite::actions)
                .filter(suite -> tellsMore(suite, reports))
                .map(suite -> check(suite, sha));
        return Stream.concat(reports.stream().map(Report::check), told).toList();
    }

    /**
     * Returns whether a suite tells what its check runs do not: its workflow could not start, or goes on although all
     * jobs so far are done. GitHub leaves suites without check runs queued for ever, so these tell nothing.
     */
    private static boolean tellsMore(Suite suite, Collection<Report> reports) {
        List<Report> own =
                reports.stream().filter(report -> report.suite() == suite.id()).toList();
        if (own.isEmpty()) {
            return suite.runs() == 0 && suite.state() == State.FAILED;
        }
        return suite.state() == State.PENDING
                && own.stream().noneMatch(report -> report.check().state() == State.PENDING);
    }

    private Check check(Suite suite, String sha) {
        return new Check(
                "suite/" + suite.id(),
                suite.app(),
                suite.state(),
                suite.word(),
                pageOf(sha) + "?check_suite_id=" + suite.id());
    }

    private static String webUrl(URI apiUrl) {
        String host = apiUrl.getHost().toLowerCase(Locale.ROOT);
        // github.com, and the tenants of GHE.com, have their API on a host of its own; servers have it below /api/v3.
        return host.equals("api.github.com") || host.startsWith("api.") && host.endsWith(".ghe.com")
                ? "https://" + host.substring("api.".length())
                : CiSettings.webUrl(apiUrl, "/api/v3");
    }
}

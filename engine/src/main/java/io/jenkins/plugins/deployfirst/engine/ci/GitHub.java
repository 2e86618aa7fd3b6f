package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.GitHubJson.Report;
import io.jenkins.plugins.deployfirst.engine.ci.GitHubJson.Suite;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
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

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int REMEMBERED_MESSAGES = 1_000;
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}");

    private final String repository;
    private final URI apiUrl;
    private final String webUrl;
    private final GitHubApi api;
    private final GitHubListing<Report> checkRuns;
    private final GitHubListing<Report> statuses;
    private final GitHubListing<Suite> suites;
    private final RecentlyUsed<Boolean> skipped = new RecentlyUsed<>(REMEMBERED_MESSAGES);

    /**
     * Creates a reader of one repository; it needs no more than one per repository and credentials.
     *
     * @param client must not follow redirects by itself (the default), or it would take the token along
     * @param apiUrl {@link #DEFAULT_API_URL}, or {@code https://HOST/api/v3} for GitHub Enterprise Server
     * @param repository {@code owner/name}
     * @param token asked for each request, so that it may change; empty for none, which is enough for public
     *     repositories. It must not block for long.
     * @throws DeployFirstException (USAGE) when the address or the repository's name has another form
     */
    public GitHub(HttpClient client, String apiUrl, String repository, Supplier<Optional<String>> token) {
        this(client, apiUrl, repository, token, TIMEOUT);
    }

    GitHub(HttpClient client, String apiUrl, String repository, Supplier<Optional<String>> token, Duration timeout) {
        this.apiUrl = checkedUrl(apiUrl);
        this.repository = checkedRepository(repository);
        this.webUrl = webUrl(this.apiUrl);
        this.api = new GitHubApi(client, this.apiUrl, describe(), token, timeout);
        this.checkRuns = new GitHubListing<>(api, "check_runs", "\"Checks: read\"", GitHubJson::checkRun);
        this.statuses = new GitHubListing<>(api, "statuses", "\"Commit statuses: read\"", GitHubJson::commitStatus);
        this.suites = new GitHubListing<>(api, "check_suites", "\"Checks: read\"", GitHubJson::checkSuite);
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        String commit = "/repos/" + repository + "/commits/" + full(sha);
        CompletableFuture<List<Report>> runs = checkRuns.readAll(commit + "/check-runs?filter=latest");
        CompletableFuture<List<Report>> legacy = statuses.readAll(commit + "/status?");
        // A refusal here is no refusal of CI: the check runs need the same permission.
        CompletableFuture<List<Suite>> workflows = unlessRefused(suites.readAll(commit + "/check-suites?"), List.of());
        return runs.thenCombine(legacy, GitHub::latest)
                .thenCombine(workflows, (reports, all) -> checks(reports, all, sha))
                .thenCompose(checks -> checks.isEmpty()
                        ? isSkipped(commit, sha).thenApply(skip -> new CiSnapshot(checks, skip))
                        : CompletableFuture.completedFuture(new CiSnapshot(checks, false)));
    }

    @Override
    public String describe() {
        String host = URI.create(webUrl).getHost();
        return "GitHub " + repository + (host.equals("github.com") ? "" : " on " + host);
    }

    @Override
    public String pageOf(String sha) {
        return webUrl + "/" + repository + "/commit/" + full(sha) + "/checks";
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

    /** A commit's message never changes, so it is read once. */
    private CompletableFuture<Boolean> isSkipped(String commit, String sha) {
        Optional<Boolean> known = skipped.get(sha);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        // One changed file per page: they come along and are not wanted.
        CompletableFuture<Boolean> asked = api.get(commit + "?per_page=1", Optional.empty(), "\"Contents: read\"")
                .thenApply(document -> SkipCi.isAskedBy(document.content()
                        .orElseThrow()
                        .path("commit")
                        .path("message")
                        .asText("")));
        // A token may read checks and not contents; then the watch waits until its time is over.
        return unlessRefused(asked, false).thenApply(skip -> {
            skipped.put(sha, skip);
            return skip;
        });
    }

    private static <T> CompletableFuture<T> unlessRefused(CompletableFuture<T> answer, T otherwise) {
        return answer.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CiReadException refusal && refusal.isPermanent()) {
                return otherwise;
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(cause);
        });
    }

    private static String full(String sha) {
        CommitSha commit = new CommitSha(sha);
        if (!commit.isFull()) {
            throw DeployFirstException.usage(
                    "sha: \"" + commit + "\" is abbreviated.", "Give all 40 (or 64) digits to read a commit's checks.");
        }
        return commit.value();
    }

    private static String checkedRepository(String repository) {
        String name = repository == null ? "" : repository.strip();
        if (!REPOSITORY.matcher(name).matches() || name.endsWith("/.") || name.endsWith("/..")) {
            throw DeployFirstException.usage(
                    "ci.github.repository: \"" + OneLine.of(name, 100) + "\" is not a repository's name.",
                    "Write owner/name, as in https://github.com/owner/name.");
        }
        return name;
    }

    private static URI checkedUrl(String url) {
        String text = url == null ? "" : url.strip().replaceAll("/+$", "");
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The message below says it; the exception's own would quote a password in the address.
        }
        throw DeployFirstException.usage(
                "ci.github.apiUrl: this is not the address of an API.",
                "Write " + DEFAULT_API_URL + ", or https://HOST/api/v3 for GitHub Enterprise Server.");
    }

    private static String webUrl(URI apiUrl) {
        String text = apiUrl.toString();
        String host = apiUrl.getHost().toLowerCase(Locale.ROOT);
        // github.com, and the tenants of GHE.com, have their API on a host of its own; servers have it below /api/v3.
        if (host.equals("api.github.com") || host.startsWith("api.") && host.endsWith(".ghe.com")) {
            return "https://" + host.substring("api.".length());
        }
        return text.endsWith("/api/v3") ? text.substring(0, text.length() - "/api/v3".length()) : text;
    }
}

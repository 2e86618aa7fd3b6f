package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Reads all pages of one of GitHub's lists, and of each page only what changed since the last time.
 *
 * <p>An unchanged page answers 304, which costs nothing of the rate limit of a token.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate">conditional
 *     requests</a>
 */
final class GitHubListing<T> {
    private static final int PER_PAGE = 100;
    private static final int MAX_PAGES = 100;
    private static final int REMEMBERED_PAGES = 1_000;

    private final GitHubApi api;
    private final String entries;
    private final String permission;
    private final Function<JsonNode, T> parser;
    private final RecentlyUsed<Remembered<T>> remembered = new RecentlyUsed<>(REMEMBERED_PAGES);

    /**
     * Creates it.
     *
     * @param entries the field that holds the list
     * @param permission which permission of the token it needs
     * @param parser of one entry; throws {@link IllegalArgumentException} for one of another form
     */
    GitHubListing(GitHubApi api, String entries, String permission, Function<JsonNode, T> parser) {
        this.api = api;
        this.entries = entries;
        this.permission = permission;
        this.parser = parser;
    }

    /** Reads the list; {@code path} has a query already. Completes exceptionally with a {@link CiReadException}. */
    CompletableFuture<List<T>> readAll(String path) {
        return readFrom(path + "&per_page=" + PER_PAGE, 1, new ArrayList<>());
    }

    private CompletableFuture<List<T>> readFrom(String path, int number, List<T> before) {
        return readPage(number == 1 ? path : path + "&page=" + number).thenCompose(page -> {
            before.addAll(page.entries);
            boolean more = !page.entries.isEmpty() && (page.nextPage || number * PER_PAGE < page.total);
            if (more && number < MAX_PAGES) {
                return readFrom(path, number + 1, before);
            }
            // A failed check could be among those that are missing.
            return before.size() < page.total || more
                    ? CompletableFuture.failedFuture(CiReadException.passing(
                            "GitHub listed " + before.size() + " of " + page.total + " entries (" + entries + ").",
                            Duration.ZERO,
                            null))
                    : CompletableFuture.completedFuture(List.copyOf(before));
        });
    }

    private CompletableFuture<Page<T>> readPage(String path) {
        Optional<Remembered<T>> known = remembered.get(path);
        return api.get(path, known.map(Remembered::etag), permission).thenApply(document -> {
            if (document.content().isEmpty()) {
                return known.orElseThrow().page;
            }
            Page<T> page = parse(document.content().get(), document.nextPage());
            document.etag().ifPresent(etag -> remembered.put(path, new Remembered<>(etag, page)));
            return page;
        });
    }

    private Page<T> parse(JsonNode document, boolean nextPage) {
        JsonNode list = document.path(entries);
        JsonNode total = document.path("total_count");
        if (!list.isArray() || !total.canConvertToInt()) {
            throw malformed();
        }
        List<T> parsed = new ArrayList<>(list.size());
        try {
            list.forEach(entry -> parsed.add(parser.apply(entry)));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        return new Page<>(List.copyOf(parsed), total.intValue(), nextPage);
    }

    private CiReadException malformed() {
        return CiReadException.passing(
                "GitHub answered JSON of another form than it documents (" + entries + ").", Duration.ZERO, null);
    }

    private record Page<T>(List<T> entries, int total, boolean nextPage) {}

    private record Remembered<T>(String etag, Page<T> page) {}
}

package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Reads all pages of one of a CI server's lists, and of each page only what changed since the last time.
 *
 * <p>An unchanged page answers 304, which on GitHub costs nothing of the rate limit of a token. The page that follows is
 * the one that the server names, in its own order (by number or by key); where it names none although its count says
 * that there is more, the next number is asked for.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate">conditional
 *     requests of GitHub</a>
 * @see <a href="https://docs.gitlab.com/api/rest/#pagination">pages of GitLab</a>
 */
final class Listing<T> {
    private static final int MAX_PAGES = 100;
    private static final int REMEMBERED_PAGES = 1_000;

    private final CiApi api;
    private final String entries;
    private final String permission;
    private final Function<JsonNode, T> parser;
    private final RecentlyUsed<Remembered<T>> remembered = new RecentlyUsed<>(REMEMBERED_PAGES);

    /**
     * Creates it.
     *
     * @param entries the field that holds the list, with {@code total_count} beside it; empty: the document is the list
     * @param permission which permission of the token it needs
     * @param parser of one entry; throws {@link IllegalArgumentException} for one of another form
     */
    Listing(CiApi api, String entries, String permission, Function<JsonNode, T> parser) {
        this.api = api;
        this.entries = entries;
        this.permission = permission;
        this.parser = parser;
    }

    /** Reads the list, each of its pages in the same turn; {@code path} has a query already. Completes exceptionally with a {@link CiReadException}. */
    CompletableFuture<List<T>> readAll(String path, Turn turn) {
        Dialect.Paging paging = api.dialect().paging();
        String first = path + (path.endsWith("?") ? "" : "&") + paging.parameter() + "=" + paging.size();
        return readFrom(new Place(first, first, 1, turn), new ArrayList<>());
    }

    /** A page of a list, of which {@code first} is the first one's path. */
    private record Place(String first, String path, int number, Turn turn) {
        Place next(Optional<String> query) {
            String next = query.map(text -> first.substring(0, first.indexOf('?') + 1) + text)
                    .orElse(first + "&page=" + (number + 1));
            return new Place(first, next, number + 1, turn);
        }
    }

    private CompletableFuture<List<T>> readFrom(Place place, List<T> before) {
        return readPage(place).thenCompose(page -> {
            before.addAll(page.entries);
            int total = page.total.orElse(before.size());
            boolean more = !page.entries.isEmpty() && (page.nextPage.isPresent() || before.size() < total);
            if (more && place.number < MAX_PAGES) {
                return readFrom(place.next(page.nextPage), before);
            }
            if (more) {
                return incomplete("has a list of more than " + MAX_PAGES + " pages");
            }
            return before.size() < total
                    ? incomplete("listed " + before.size() + " of " + total + " entries")
                    : CompletableFuture.completedFuture(List.copyOf(before));
        });
    }

    /** A failed check could be among those that are missing. */
    private CompletableFuture<List<T>> incomplete(String problem) {
        return CompletableFuture.failedFuture(
                CiReadException.passing(api.server() + " " + problem + named() + ".", Duration.ZERO, null));
    }

    private CompletableFuture<Page<T>> readPage(Place place) {
        Optional<Remembered<T>> known = remembered.get(place.path);
        CompletableFuture<CiApi.Document> answer;
        try {
            answer = api.get(place.path, known.map(Remembered::etag), permission, place.turn);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(malformed());
        }
        return answer.thenApply(document -> {
            if (document.content().isEmpty()) {
                return known.orElseThrow().page;
            }
            Page<T> page = parse(document.content().get(), document);
            document.etag().ifPresent(etag -> remembered.put(place.path, new Remembered<>(etag, page)));
            return page;
        });
    }

    private Page<T> parse(JsonNode content, CiApi.Document document) {
        JsonNode list = entries.isEmpty() ? content : content.path(entries);
        OptionalInt total = document.total();
        if (!entries.isEmpty()) {
            JsonNode count = content.path("total_count");
            total = count.canConvertToInt() ? OptionalInt.of(count.intValue()) : OptionalInt.empty();
        }
        if (!list.isArray() || !entries.isEmpty() && total.isEmpty()) {
            throw malformed();
        }
        List<T> parsed = new ArrayList<>(list.size());
        try {
            list.forEach(entry -> parsed.add(parser.apply(entry)));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        return new Page<>(List.copyOf(parsed), total, document.nextPage());
    }

    private CiReadException malformed() {
        return CiReadException.passing(
                api.server() + " answered JSON of another form than it documents" + named() + ".", Duration.ZERO, null);
    }

    private String named() {
        return entries.isEmpty() ? "" : " (" + entries + ")";
    }

    private record Page<T>(List<T> entries, OptionalInt total, Optional<String> nextPage) {}

    private record Remembered<T>(String etag, Page<T> page) {}
}

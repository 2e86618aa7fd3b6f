package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds out whether a commit's message asks CI to skip it. A message never changes, so each is read once. */
final class SkippedCommits {
    private static final int REMEMBERED = 1_000;

    private final CiApi api;
    private final String permission;
    private final RecentlyUsed<Boolean> known = new RecentlyUsed<>(REMEMBERED);

    /**
     * Creates it.
     *
     * @param permission which permission of the token the message needs
     */
    SkippedCommits(CiApi api, String permission) {
        this.api = api;
        this.permission = permission;
    }

    /**
     * Asks for one commit.
     *
     * @param path of a document that holds the commit with its message
     */
    CompletableFuture<Boolean> contain(String sha, String path) {
        Optional<Boolean> answer = known.get(sha);
        if (answer.isPresent()) {
            return CompletableFuture.completedFuture(answer.get());
        }
        CompletableFuture<Boolean> asked = api.get(path, permission)
                .thenApply(document -> SkipCi.isAskedBy(document.content()
                        .orElseThrow()
                        .path("commit")
                        .path("message")
                        .asText("")));
        // A token may read checks and not contents; then the watch waits until its time is over.
        return CiApi.unlessRefused(asked, false).thenApply(skip -> {
            known.put(sha, skip);
            return skip;
        });
    }
}

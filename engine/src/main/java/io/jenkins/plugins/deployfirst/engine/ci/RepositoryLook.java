package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks whether a repository is there, and its checks can be read, before a commit of it is watched. */
final class RepositoryLook {
    private static final int LONGEST_BRANCH = 100;

    private final CiApi api;
    private final String repository;
    private final String permission;

    /**
     * Creates it.
     *
     * @param repository the path of the repository's own document
     * @param permission which permission of the token that one needs
     */
    RepositoryLook(CiApi api, String repository, String permission) {
        this.api = api;
        this.repository = repository;
        this.permission = permission;
    }

    /**
     * What a watch reads of a commit.
     *
     * @param path what comes behind the commit's path, with the query
     * @param permission which permission of the token it needs
     */
    record Part(String path, String permission) {}

    /**
     * Asks for the repository, then for the checks at the tip of its default branch.
     *
     * @param commits the path that a commit's name completes, with the slash
     * @return says in one line what was found; completes exceptionally with a {@link CiReadException}
     */
    CompletableFuture<String> run(String commits, List<Part> parts) {
        return api.get(repository, permission).thenCompose(document -> {
            JsonNode branch = document.content().orElseThrow().path("default_branch");
            if (branch.asText("").isEmpty()) {
                return CompletableFuture.completedFuture(api.server() + ": no branch yet");
            }
            String name = branch.asText();
            String commit =
                    commits + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            CompletableFuture<?>[] reads = parts.stream()
                    .map(part -> api.get(commit + part.path(), part.permission()))
                    .toArray(CompletableFuture<?>[]::new);
            return CompletableFuture.allOf(reads)
                    .thenApply(read ->
                            api.server() + ": checks can be read, default branch " + OneLine.of(name, LONGEST_BRANCH));
        });
    }
}

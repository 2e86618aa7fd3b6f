package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A system that runs checks on commits and can be asked for them. */
public interface CiServer {
    /**
     * Reads all checks of a commit, without blocking.
     *
     * @param sha the full commit SHA
     * @return completes exceptionally with a {@link CiReadException} when there is no answer
     */
    CompletableFuture<CiSnapshot> read(String sha);

    /**
     * Reads as {@link #read} does, and uses no answer again that was asked for before a moment.
     *
     * @param since that moment, by {@link System#nanoTime}
     */
    default CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return read(sha);
    }

    /**
     * Looks why checks failed: the failing step and the end of its log, where the server tells them and the token may
     * read them. Never fails; of what is not known, there is nothing.
     *
     * @param failures checks that this server reported
     */
    default CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return CompletableFuture.completedFuture(List.of());
    }

    /** Names the server and repository for people, such as {@code GitHub owner/repo}. */
    String describe();

    /** Returns the page that shows the commit's checks; empty when there is none. */
    String pageOf(String sha);
}

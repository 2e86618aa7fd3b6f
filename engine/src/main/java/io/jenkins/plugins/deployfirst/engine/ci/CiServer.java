package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A system that runs checks on commits and can be asked for them.
 *
 * <p>It may be asked by several threads at once, for several commits. No method blocks: a few threads serve thousands of
 * watches.
 */
public interface CiServer {
    /**
     * Reads all checks of a commit, without blocking.
     *
     * <p>A watch acts on what it is told here, so an answer keeps to this:
     *
     * <ul>
     *   <li>It is complete: every page of every list. A part of it is no answer, since the failed check may be missing.
     *   <li>It holds the latest run of each check alone, under a {@link Check#key} that is the same on every read, and
     *       another than those of the commit's other checks.
     *   <li>What the server says in a word that is not known is {@link Check.State#PENDING}: neither a validated release
     *       nor a rollback may come of it. So is what has been asked for and has not begun.
     *   <li>It is read from the server after it was asked for, and is an object of its own: a success counts when two
     *       answers agree on it.
     *   <li>It comes, or the failure does, within about 20 s.
     * </ul>
     *
     * @param sha the full commit SHA, 40 or 64 hexadecimal digits
     * @return completes exceptionally with a {@link CiReadException} when there is no answer: a {@linkplain
     *     CiReadException#permanent permanent} one ends the watch with the verdict ERROR, after a {@linkplain
     *     CiReadException#passing passing} one it asks again, with growing pauses
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

    /**
     * Asks whether the repository is there and its checks can be read, without blocking; for a test of the settings.
     *
     * @return says in one line what was found; completes exceptionally with a {@link CiReadException}, whose message says
     *     what to mend
     */
    default CompletableFuture<String> look() {
        return CompletableFuture.completedFuture(describe());
    }

    /** Names the server and repository for people, such as {@code GitHub owner/repo}. */
    String describe();

    /** Returns the page that shows the commit's checks; empty when there is none. */
    String pageOf(String sha);
}

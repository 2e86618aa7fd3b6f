package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.util.Optional;

/**
 * What a promotion is asked for.
 *
 * @param from the environment that has validated the release
 * @param sha the release, full or abbreviated; empty: the last one validated there
 * @param confirm what a person typed: {@code DEPLOY}
 * @param overrideFreeze why it may be done in a freeze; empty: it may not
 * @param redeployRejected promote it even though it was rolled back on the target before
 * @param found the release as {@link Flows#validated} found it there, for a process that does not reach that host itself;
 *     empty: it is looked for
 */
public record PromotionRequest(
        Environment from,
        Optional<CommitSha> sha,
        String confirm,
        Optional<String> overrideFreeze,
        boolean redeployRejected,
        Optional<ValidatedResult> found) {
    /** What has to be typed. */
    public static final String CONFIRMATION = "DEPLOY";

    /** Asks for a release that is looked for. */
    public PromotionRequest(
            Environment from,
            Optional<CommitSha> sha,
            String confirm,
            Optional<String> overrideFreeze,
            boolean redeployRejected) {
        this(from, sha, confirm, overrideFreeze, redeployRejected, Optional.empty());
    }
}

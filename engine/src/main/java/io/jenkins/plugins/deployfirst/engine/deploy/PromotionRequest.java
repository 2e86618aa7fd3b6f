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
 */
public record PromotionRequest(
        Environment from,
        Optional<CommitSha> sha,
        String confirm,
        Optional<String> overrideFreeze,
        boolean redeployRejected) {
    /** What has to be typed. */
    public static final String CONFIRMATION = "DEPLOY";
}

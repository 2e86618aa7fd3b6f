package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.util.Optional;

/**
 * What a deployment is asked for.
 *
 * @param sha the commit, full or abbreviated; empty: what is live once the lock is held
 * @param tag the tag of its images, where these carry a release; empty: as the environment makes it of the commit
 * @param redeployRejected deploy it even though it was rolled back before
 */
public record DeployRequest(Optional<CommitSha> sha, Optional<ImageTag> tag, boolean redeployRejected) {
    public DeployRequest(CommitSha sha, boolean redeployRejected) {
        this(Optional.of(sha), redeployRejected);
    }

    public DeployRequest(Optional<CommitSha> sha, boolean redeployRejected) {
        this(sha, Optional.empty(), redeployRejected);
    }
}

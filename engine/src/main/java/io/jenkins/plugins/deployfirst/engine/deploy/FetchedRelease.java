package io.jenkins.plugins.deployfirst.engine.deploy;

/**
 * A release whose commit is on the host.
 *
 * @param release the commit
 * @param composeChangedSinceLive whether compose's files differ from those of the live commit
 * @param composeChangedSinceCheck whether they differ from those that were checked last, or that is not known
 */
record FetchedRelease(Release release, boolean composeChangedSinceLive, boolean composeChangedSinceCheck) {
    /** Returns the same, with more known of the release. */
    FetchedRelease of(Release known) {
        return new FetchedRelease(known, composeChangedSinceLive, composeChangedSinceCheck);
    }
}

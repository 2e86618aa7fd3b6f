package io.jenkins.plugins.deployfirst.engine.deploy;

/** How the containers of a release take the place of those before. */
public enum Strategy {
    /** The old ones are stopped, then the new ones start: as compose does it. */
    RECREATE,
    /** The new ones start beside the old, which are stopped once the new are healthy. */
    ROLLING
}

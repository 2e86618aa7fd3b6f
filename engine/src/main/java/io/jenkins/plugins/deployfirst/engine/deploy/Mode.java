package io.jenkins.plugins.deployfirst.engine.deploy;

/** What carries a release to a host. */
public enum Mode {
    /** A git checkout on the host: its code is mounted into containers, or images are built from it. */
    CHECKOUT,
    /** The tag of images, which the host pulls. */
    IMAGE
}

package io.jenkins.plugins.deployfirst.cli.demo;

/** Which parts of the throw-away host are real, and which are stand-ins. */
public enum Parts {
    /** Real where this machine has them. */
    AS_FOUND,
    /** All real; a missing one ends the demonstration. */
    REAL,
    /** Stand-ins all. */
    STAND_IN
}

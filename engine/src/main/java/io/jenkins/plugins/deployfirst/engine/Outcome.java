package io.jenkins.plugins.deployfirst.engine;

/** How a flow ended, as people, Jenkins and the exit code of the command line tell it. */
public enum Outcome {
    /** Everything that was asked for is done. */
    DONE(0),
    /** It failed before anything that runs was changed. */
    FAILED_UNCHANGED(1),
    /** The request or the configuration is wrong. */
    USAGE(2),
    /** It failed, was taken back, and the environment is healthy on the rollback point. */
    ROLLED_BACK(3),
    /** A person is needed: the rollback failed, or there was nothing to roll back to. */
    PERSON_NEEDED(4),
    /** CI gave no verdict; the release stays live and is not validated. */
    NO_VERDICT(5),
    /** Someone else held the environment's lock for longer than {@code lockTimeout}. */
    LOCKED(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Returns the exit code of the command line for this outcome, 0 to 6. */
    public int exitCode() {
        return exitCode;
    }
}

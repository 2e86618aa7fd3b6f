package io.jenkins.plugins.deployfirst.engine.command;

/** Runs an environment's backup command. */
public final class Backup {
    private Backup() {}

    /**
     * Runs it without the strictness of the engine's own scripts; ends in the problem {@code backup-failed} when it fails.
     *
     * @param directory where, absolute
     * @param commandLine POSIX shell
     */
    public static String run(String directory, String commandLine) {
        return Script.in(directory)
                .set("COMMAND", commandLine)
                .then("sh -c \"$COMMAND\" || problem backup-failed \"$?\"")
                .text();
    }
}

package io.jenkins.plugins.deployfirst.engine.host;

import java.time.Duration;
import java.util.Map;

/** A running shell on a host: takes one script after the other, streams what they print, tells what they found. */
public interface HostShell extends AutoCloseable {
    /** The exit status of a script that its deadline ended, the same as that of {@code timeout(1)}. */
    int DEADLINE_PASSED = 124;

    /** The descriptor that {@link #hold} opens. */
    int HELD_DESCRIPTOR = 9;

    /**
     * Runs a script to its end.
     *
     * @param name what the script is for, in error messages
     * @param script POSIX shell; runs with {@code set -eu}, standard input empty; may call {@code report NAME VALUE} and
     *     {@code report_lines NAME}, which reads its input, to tell values
     * @param deadline when it is ended by force, with everything that it started
     * @throws ConnectionLostException when the connection broke; the script in flight may still be running on the host
     * @throws InterruptedException when the flow is aborted; the script is being ended on the host
     */
    ScriptResult run(String name, String script, Duration deadline) throws InterruptedException;

    /**
     * Keeps a directory open on descriptor {@link #HELD_DESCRIPTOR} for every later script, so that a lock on it lives
     * as long as the last process of this shell. Does nothing when there is no such directory.
     */
    void hold(String directory);

    /**
     * Has the host run a script when this shell ends: at its close, when the connection ends or falls silent, or when the
     * flow is aborted; only then does it let go of what it {@link #hold holds}. The script in flight comes to its end
     * before. What it prints is not shown.
     *
     * @param script POSIX shell, as {@link #run} takes it, in place of the one given before; empty: none
     */
    void atEnd(String script);

    /** Ends the shell and the connection. */
    @Override
    void close();

    /**
     * What a script came to.
     *
     * @param exitStatus 0 when all of it succeeded
     * @param values what it reported by name; several reports of one name are joined by line ends
     * @param tail the last lines that it printed, for error messages
     */
    record ScriptResult(int exitStatus, Map<String, String> values, String tail) {
        public ScriptResult {
            values = Map.copyOf(values);
        }

        public boolean succeeded() {
            return exitStatus == 0;
        }

        /** Returns a reported value; empty when the script reported none of that name. */
        public String value(String name) {
            return values.getOrDefault(name, "");
        }
    }
}

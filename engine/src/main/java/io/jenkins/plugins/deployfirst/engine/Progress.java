package io.jenkins.plugins.deployfirst.engine;

import java.time.Duration;

/** Hears what a flow does while it does it; each front end shows it its own way. Called from several threads. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /** A phase such as {@code fetch} or {@code restart} begins. */
    default void phaseStarted(String phase) {}

    /** The phase ended after this time; {@code failure} is empty when it succeeded. */
    default void phaseEnded(String phase, Duration duration, String failure) {}

    /**
     * A health gate had an answer: told in the start period when it is another one than before, or when it stays the same
     * for 5 s; later always.
     */
    default void probed(Attempt attempt) {}

    /** Something worth a line: a decision and its reason. */
    default void info(String line) {}

    /** Something that a person should look at. */
    default void warn(String line) {}

    /** One line that a command on the host printed, as it came. */
    default void output(String line) {}
}

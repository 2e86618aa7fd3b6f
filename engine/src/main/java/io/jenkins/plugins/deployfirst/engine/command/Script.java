package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;

/**
 * A POSIX shell script in the making: values come in as quoted assignments, so that the script's text itself never
 * changes with them.
 *
 * @param text the script so far
 */
public record Script(String text) {
    /**
     * What scripts say a failed precondition with: {@code problem CODE [DETAIL]} ends the script; the flow turns the code
     * into a reason and a remedy.
     */
    private static final Script START =
            new Script("problem() { report problem \"$1\"; report detail \"${2-}\"; exit 1; }\n");

    /** Begins a script in a directory. */
    public static Script in(String directory) {
        return START.set("DIR", directory).then("cd \"$DIR\"");
    }

    /** Begins a script outside any directory. */
    public static Script start() {
        return START;
    }

    /** Assigns a value to a variable. */
    public Script set(String name, String value) {
        // Quoted whatever it holds: a bare word in an assignment would still undergo tilde expansion.
        return new Script(text + name + "=" + Quote.quoted(value) + "\n");
    }

    /** Assigns words to a variable, as a command line to be expanded by {@code eval}. */
    public Script setCommand(String name, String... words) {
        return set(name, Quote.command(words));
    }

    /** Adds lines as they are. */
    public Script then(String lines) {
        return new Script(text + lines.stripTrailing() + "\n");
    }

    @Override
    public String toString() {
        return text;
    }
}

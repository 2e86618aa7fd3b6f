package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what a command came to: the result on standard output, what went wrong on standard error. */
final class Reporter {
    /** What a shell calls the end by Ctrl-C; where a signal ends the process, the JVM gives that signal's own code. */
    static final int INTERRUPTED = 130;

    private final PrintStream out;
    private final PrintStream err;
    private final Palette palette;
    private final boolean json;

    Reporter(PrintStream out, PrintStream err, Palette palette, boolean json) {
        this.out = out;
        this.err = err;
        this.palette = palette;
        this.json = json;
    }

    /** Prints an answer and returns its exit code. */
    int report(Answer answer) {
        if (json) {
            printJson(answer.json());
        } else if (!answer.text().isEmpty()) {
            out.println(answer.text());
        }
        answer.errors().forEach(this::error);
        return answer.outcome().exitCode();
    }

    /** Reports that the command was ended from outside, and returns its exit code. */
    int interrupted() {
        String error = "interrupted. Look at what is live with deploy-first status; running the command again is safe.";
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("outcome", "INTERRUPTED");
            map.put("error", error);
            printJson(map);
        }
        error(error);
        return INTERRUPTED;
    }

    /** Reports an error of the program itself, and returns its exit code. */
    int unexpected(Throwable bug, Outcome outcome) {
        bug.printStackTrace(err);
        return report(new Answer(
                outcome,
                Map.of(),
                "",
                "this should not happen: " + bug + ". Please report it with the lines above; deploy-first status"
                        + " shows what is live."));
    }

    private void error(String error) {
        err.println(palette.bad("error: ") + Printable.oneLine(error));
    }

    private void printJson(Map<String, Object> map) {
        out.println(PlainJson.write(map));
    }
}

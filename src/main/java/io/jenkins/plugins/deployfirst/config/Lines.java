package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/** Turns the lines of a text box into a list and back; a list from elsewhere may hold several lines in one element. */
public final class Lines {
    private Lines() {}

    /** Returns every line that is not blank, without the white space around it. The list can be changed and saved. */
    public static List<String> split(@CheckForNull List<String> texts) {
        List<String> lines = new ArrayList<>();
        if (texts != null) {
            for (String text : texts) {
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
            }
        }
        return lines;
    }

    public static List<String> split(@CheckForNull String text) {
        return split(text == null ? List.of() : List.of(text));
    }

    public static String join(List<String> lines) {
        return String.join("\n", lines);
    }
}

package io.jenkins.plugins.deployfirst.engine.testing;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that measurements write their figures into, each in a section of its own. */
public final class ResultsFile {
    private static final String TITLE = "# Results\n";

    private ResultsFile() {}

    /** Puts a section in the place of the one with the same heading, or at the end. */
    public static void write(Path file, String heading, String text) {
        String all = Tool.read(file);
        String section = "## " + heading + "\n\n" + text.strip() + "\n";
        Matcher old = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "\n.*?(?=^## |\\z)")
                .matcher(all + "\n");
        String rest = all.isEmpty() ? TITLE : all + "\n";
        Tool.write(file, old.find() ? replaced(old, section) : rest + "\n" + section);
    }

    private static String replaced(Matcher old, String section) {
        return (old.replaceFirst(Matcher.quoteReplacement(section + "\n"))).strip() + "\n";
    }
}

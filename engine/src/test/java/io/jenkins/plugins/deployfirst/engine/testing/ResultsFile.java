package io.jenkins.plugins.deployfirst.engine.testing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
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

    /** Says in a sentence what was measured on, and whether others were at work there. */
    public static String machine() {
        int processors = Runtime.getRuntime().availableProcessors();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String busy = load > 1.5 * processors
                ? String.format(Locale.ROOT, " and the machine was busy with other work (load %.0f)", load)
                : "";
        return processors + " processors" + busy + ".";
    }

    private static String replaced(Matcher old, String section) {
        return (old.replaceFirst(Matcher.quoteReplacement(section + "\n"))).strip() + "\n";
    }
}

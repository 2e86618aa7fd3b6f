package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Makes the end of a CI job's log fit for people: without colours, times and the marks that a server folds it by.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">GitHub's marks</a>
 * @see <a href="https://docs.gitlab.com/ci/jobs/job_logs/">GitLab's sections and times</a>
 */
public final class LogText {
    private static final int LINES = 30;
    private static final int LONGEST_LINE = 500;
    private static final Pattern ESCAPES =
            Pattern.compile("\\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?)");
    private static final Pattern SECTION = Pattern.compile("section_(?:start|end):\\d+:[^\\r\\n]*\\r?");
    private static final Pattern TIME = Pattern.compile(
            "^\\uFEFF?\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z(?: [0-9a-f]{2}[OE]\\+?)? ?");
    private static final Pattern MARK = Pattern.compile("^##\\[(?:group|error|warning|command|debug|section)]");
    private static final String FAILED = "##[error]";
    private static final String END_GROUP = "##[endgroup]";

    private LogText() {}

    /**
     * Returns the last lines, at most 30; where GitHub marks what failed the job, those that end there: what follows is
     * cleaning up.
     *
     * @param end of the log; its first line may be cut
     * @param mask takes secrets out of the text
     */
    public static List<String> lastLines(String end, UnaryOperator<String> mask) {
        List<String> lines = new ArrayList<>();
        int failure = -1;
        for (String raw : mask.apply(
                        SECTION.matcher(ESCAPES.matcher(end).replaceAll("")).replaceAll(""))
                .split("\\n")) {
            String line = TIME.matcher(afterLastReturn(raw)).replaceFirst("");
            String shown = OneLine.of(MARK.matcher(line).replaceFirst(""), LONGEST_LINE);
            if (shown.isEmpty() || line.startsWith(END_GROUP)) {
                continue;
            }
            if (line.startsWith(FAILED)) {
                failure = lines.size();
            }
            lines.add(shown);
        }
        int last = failure < 0 ? lines.size() : failure + 1;
        return List.copyOf(lines.subList(Math.max(0, last - LINES), last));
    }

    /** A line that was written over, as progress bars are, shows what was written last. */
    private static String afterLastReturn(String line) {
        String whole = line.replaceFirst("\\r+$", "");
        return whole.substring(whole.lastIndexOf('\r') + 1);
    }
}

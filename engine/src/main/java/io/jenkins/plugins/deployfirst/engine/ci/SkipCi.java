package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows the commit messages for which GitHub Actions starts nothing.
 *
 * <p>Only the documented forms, to the letter: to wait for checks that never come costs time, to give up on checks that
 * do come costs the rollback.
 *
 * @see <a href="https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs">GitHub's rules</a>
 */
final class SkipCi {
    private static final Pattern COMMAND = Pattern.compile("\\[(?:skip ci|ci skip|no ci|skip actions|actions skip)]");
    private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+:.*");
    private static final Pattern SKIP_CHECKS = Pattern.compile("skip-checks: ?true");

    private SkipCi() {}

    /** Returns whether this message asks CI to skip its commit. */
    static boolean isAskedBy(String message) {
        return COMMAND.matcher(message).find() || endsWithSkipChecks(message);
    }

    /** The last trailer, and two empty lines before the first one. */
    private static boolean endsWithSkipChecks(String message) {
        List<String> lines = message.stripTrailing().lines().toList();
        int last = lines.size() - 1;
        if (last < 2 || !SKIP_CHECKS.matcher(lines.get(last)).matches()) {
            return false;
        }
        int line = last - 1;
        while (line >= 0 && TRAILER.matcher(lines.get(line)).matches()) {
            line--;
        }
        return line >= 1 && lines.get(line).isEmpty() && lines.get(line - 1).isEmpty();
    }
}

package io.jenkins.plugins.deployfirst.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a build's log what a flow does, as it happens: phases with the elapsed time, and below them, indented, what
 * commands on the host print. Nothing in that can steer a terminal or be taken for a note of Jenkins.
 */
public final class LogProgress implements Progress {
    private static final int LONGEST = 2000;
    private static final String INDENT = " ".repeat(12);

    // ECMA-48 control sequences (colours, cursor movement) and operating system commands (window titles, links).
    private static final Pattern SEQUENCES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[@-Z\\\\^_]");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]");

    private final PrintStream log;
    private final long started;

    /** Creates one for a flow that begins now. */
    public LogProgress(TaskListener listener) {
        this(listener, Duration.ZERO);
    }

    /** Creates one for a flow that has been going on for a while. */
    public LogProgress(TaskListener listener, Duration elapsed) {
        this.log = listener.getLogger();
        this.started = System.nanoTime() - elapsed.toNanos();
    }

    @Override
    public void phaseStarted(String phase) {
        line(oneLine(phase) + " …");
    }

    @Override
    public void phaseEnded(String phase, Duration duration, String failure) {
        String time = "  " + DurationText.format(duration);
        line(failure.isEmpty() ? "✓ " + oneLine(phase) + time : "✗ " + oneLine(phase) + time + "  " + oneLine(failure));
    }

    @Override
    public void info(String line) {
        line(oneLine(line));
    }

    @Override
    public void warn(String line) {
        line("warning: " + oneLine(line));
    }

    @Override
    public void output(String line) {
        // A progress display rewrites its line with carriage returns: what stands at the end is what counts.
        String whole = line.replaceAll("\\r+$", "");
        String last = whole.substring(whole.lastIndexOf('\r') + 1);
        String plain = SEQUENCES.matcher(last).replaceAll("").replace("\t", "    ");
        String shown = OneLine.cut(UNSAFE.matcher(plain).replaceAll("?").stripTrailing(), LONGEST);
        if (!shown.isEmpty()) {
            print(INDENT + "| " + shown);
        }
    }

    private static String oneLine(String text) {
        return OneLine.of(SEQUENCES.matcher(text).replaceAll(""), LONGEST);
    }

    private void line(String text) {
        double seconds = (System.nanoTime() - started) / 1e9;
        print(String.format(Locale.ROOT, "[%6.1f s]  %s", seconds, text));
    }

    private synchronized void print(String line) {
        log.println(line);
        log.flush();
    }
}

package io.jenkins.plugins.deployfirst.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a build's log what a flow does, as it happens: phases with the elapsed time, and below them, indented, what
 * commands on the host print. Nothing in that can steer a terminal or be taken for a note of Jenkins. Whoever follows the
 * flow on a page is told its phases too, and the lines of the log where they begin can be linked to.
 */
public final class LogProgress implements Progress {
    private static final int LONGEST = 2000;

    /** What stands behind the name of a phase in the line where it begins. */
    public static final String PHASE_BEGINS = " …";

    private static final String INDENT = " ".repeat(12);

    // ECMA-48 control sequences (colours, cursor movement) and operating system commands (window titles, links).
    private static final Pattern SEQUENCES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[@-Z\\\\^_]");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]");

    private final PrintStream log;
    private final String mark;
    private final EventLog events;
    private final long started;

    /** Creates one for a flow that begins now. */
    public LogProgress(TaskListener listener) {
        this(listener, Duration.ZERO);
    }

    /** Creates one for a flow that has been going on for a while. */
    public LogProgress(TaskListener listener, Duration elapsed) {
        this(FlowLog.of(listener), elapsed);
    }

    /** Creates one for a flow that has been going on for a while, and that a page may follow. */
    public LogProgress(FlowLog log, Duration elapsed) {
        this.log = log.listener().getLogger();
        this.mark = log.mark();
        this.events = new EventLog(log.events());
        this.started = System.nanoTime() - elapsed.toNanos();
    }

    /** Returns what was told to whoever follows, for the case that something was lost on the way. */
    List<FlowEvent> events() {
        return events.all();
    }

    @Override
    public void phaseStarted(String phase) {
        String name = oneLine(phase);
        long elapsed = elapsedMillis();
        print(mark + stamped(elapsed, name + PHASE_BEGINS));
        events.started(name, elapsed);
    }

    @Override
    public void phaseEnded(String phase, Duration duration, String failure) {
        String time = "  " + DurationText.format(duration);
        events.ended(oneLine(phase), duration, oneLine(failure));
        line(failure.isEmpty() ? "✓ " + oneLine(phase) + time : "✗ " + oneLine(phase) + time + "  " + oneLine(failure));
    }

    @Override
    public void probed(Attempt attempt) {
        events.probed(new Attempt(
                oneLine(attempt.probe()),
                attempt.starting(),
                attempt.healthy(),
                oneLine(attempt.status()),
                attempt.latencyMillis(),
                oneLine(attempt.message())));
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
        print(stamped(elapsedMillis(), text));
    }

    private long elapsedMillis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    private static String stamped(long millis, String text) {
        return "[" + " ".repeat(Math.max(0, 6 - seconds(millis).length())) + seconds(millis) + " s]  " + text;
    }

    /** Returns the elapsed time as the log shows it. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }

    private synchronized void print(String line) {
        log.println(line);
        log.flush();
    }
}

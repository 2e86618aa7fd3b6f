package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows what a flow does as lines with the elapsed time; on a terminal the running phase stands below them, and
 * {@link #tick} keeps its time going.
 */
final class ConsoleProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001B[K";
    /** How much of a reason stands behind a phase: all of it follows as the error of the whole. */
    private static final int REASON = 120;

    private static final String INDENT = " ".repeat(11);

    private final PrintStream err;
    private final boolean terminal;
    private final Palette palette;
    private final LongSupplier nanos;
    private final long started;
    private final Map<String, Long> running = new LinkedHashMap<>();

    /**
     * Creates the display.
     *
     * @param terminal whether the running phase may be shown in place
     * @param nanos the clock, as {@link System#nanoTime}
     */
    ConsoleProgress(PrintStream err, boolean terminal, Palette palette, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.palette = palette;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    @Override
    public synchronized void phaseStarted(String phase) {
        running.put(phase, nanos.getAsLong());
        if (terminal) {
            tick();
        } else {
            line(Printable.oneLine(phase) + " …");
        }
    }

    @Override
    public synchronized void phaseEnded(String phase, Duration duration, String failure) {
        running.remove(phase);
        String name = Printable.oneLine(phase);
        String time = DurationText.format(duration);
        if (failure.isEmpty()) {
            line(palette.good("✓ ") + name + palette.dim("  " + time));
        } else {
            line(palette.bad("✗ " + name) + palette.dim("  " + time) + "  " + Printable.shortened(failure, REASON));
        }
    }

    @Override
    public synchronized void info(String line) {
        line(Printable.oneLine(line));
    }

    @Override
    public synchronized void warn(String line) {
        line(palette.warning("warning: ") + Printable.oneLine(line));
    }

    @Override
    public synchronized void output(String line) {
        String shown = Printable.hostLine(line);
        if (!shown.isEmpty()) {
            whole(INDENT + palette.dim("| " + shown));
        }
    }

    /** Shows where a new chapter begins. */
    synchronized void heading(String text) {
        whole("");
        whole(palette.strong(Printable.oneLine(text)));
    }

    /** Shows a line without the elapsed time. */
    synchronized void text(String line) {
        whole(Printable.hostLine(line));
    }

    /** Shows the running phase's time as it is now; does nothing where nothing is shown in place. */
    synchronized void tick() {
        if (terminal && !running.isEmpty()) {
            String phase = null;
            for (String name : running.keySet()) {
                phase = name;
            }
            String time = DurationText.format(Duration.ofNanos(nanos.getAsLong() - running.get(phase)));
            err.print(CLEAR_LINE + stamp() + Printable.shortened(phase, 40) + " … " + palette.dim(time));
            err.flush();
        }
    }

    /** Takes the running phase off the terminal: the flow has ended. */
    synchronized void end() {
        if (terminal && !running.isEmpty()) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        running.clear();
    }

    private void line(String text) {
        whole(stamp() + text);
    }

    private void whole(String text) {
        err.println((terminal ? CLEAR_LINE : "") + text);
        tick();
    }

    private String stamp() {
        double seconds = (nanos.getAsLong() - started) / 1e9;
        return palette.dim(String.format(Locale.ROOT, "[%5.1f s] ", seconds));
    }
}

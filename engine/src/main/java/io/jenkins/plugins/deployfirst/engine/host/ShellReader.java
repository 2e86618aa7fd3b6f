package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what comes from the host: hands what commands print to the progress, and what scripts report to the flow. */
final class ShellReader implements Runnable {
    private static final int LONGEST_LINE = 256 * 1024;
    private static final int TAIL_LINES = 20;
    private static final int LONGEST_TAIL_LINE = 500;
    private static final Pattern VALUE = Pattern.compile(" value (\\w+) ?(.*)", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile(" end (\\d{1,9}) (\\d{1,9})\\s*");

    private final InputStream input;
    private final String mark;
    private final UnaryOperator<String> mask;
    private final Progress progress;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private Map<String, String> values = new HashMap<>();
    private volatile boolean heardShell;
    /** When it began to wait for input; nothing while what came is being handed on, which may take its time. */
    private volatile OptionalLong waitingSince = OptionalLong.empty();

    /** The end of a script, or of the connection. */
    record End(int number, HostShell.ScriptResult result) {
        boolean isOfConnection() {
            return number == 0;
        }
    }

    /**
     * Creates one.
     *
     * @param mark tells what scripts report from what they print
     * @param mask takes out of what they print what nobody is to see
     */
    ShellReader(InputStream input, String mark, UnaryOperator<String> mask, Progress progress) {
        this.input = input;
        this.mark = mark;
        this.mask = mask;
        this.progress = progress;
    }

    BlockingQueue<End> ends() {
        return ends;
    }

    /** Returns whether the shell on the host ever said something, rather than what starts it. */
    boolean heardShell() {
        return heardShell;
    }

    /** Returns for how long nothing has come. */
    Duration silence() {
        OptionalLong since = waitingSince;
        return since.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since.getAsLong());
    }

    /** Tells whoever waits for a script that nothing more will come. */
    void connectionEnded(String reason) {
        ends.add(new End(0, new HostShell.ScriptResult(-1, Map.of(), reason)));
    }

    private int read(byte[] buffer) throws IOException {
        waitingSince = OptionalLong.of(System.nanoTime());
        int count = input.read(buffer);
        waitingSince = OptionalLong.empty();
        return count;
    }

    @Override
    public void run() {
        try {
            byte[] line = new byte[1024];
            int length = 0;
            byte[] buffer = new byte[32 * 1024];
            for (int count = read(buffer); count >= 0; count = read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n' || length == LONGEST_LINE) {
                        line(new String(line, 0, length, StandardCharsets.UTF_8));
                        length = 0;
                    }
                    if (buffer[i] != '\n') {
                        line = length == line.length ? Arrays.copyOf(line, length * 2) : line;
                        line[length++] = buffer[i];
                    }
                }
            }
            line(new String(line, 0, length, StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A broken connection is the same as its end: the flow learns of it below.
        } finally {
            waitingSince = OptionalLong.empty();
            connectionEnded(String.join("\n", tail));
        }
    }

    private void line(String line) {
        int at = line.indexOf(mark);
        if (at < 0) {
            print(line);
            return;
        }
        heardShell = true;
        print(line.substring(0, at));
        String said = line.substring(at + mark.length());
        Matcher value = VALUE.matcher(said);
        Matcher end = END.matcher(said);
        if (value.matches()) {
            values.merge(value.group(1), value.group(2), (before, next) -> before + "\n" + next);
        } else if (end.matches()) {
            int exitStatus = Integer.parseInt(end.group(2));
            ends.add(new End(
                    Integer.parseInt(end.group(1)),
                    new HostShell.ScriptResult(exitStatus, values, String.join("\n", tail))));
            values = new HashMap<>();
            tail.clear();
        }
    }

    private void print(String line) {
        // Progress bars overwrite their line by carriage returns; the last state is what counts.
        String text = line.stripTrailing();
        text = mask.apply(text.substring(text.lastIndexOf('\r') + 1));
        if (text.isEmpty()) {
            return;
        }
        if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
        }
        tail.addLast(text.length() <= LONGEST_TAIL_LINE ? text : text.substring(0, LONGEST_TAIL_LINE) + "…");
        progress.output(text);
    }
}

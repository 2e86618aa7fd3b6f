package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Speaks the {@link ShellProtocol} over the two streams of a started shell, wherever it runs. */
final class StreamShell implements HostShell {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String host;
    private final OutputStream output;
    private final Runnable disconnect;
    private final BooleanSupplier refused;
    private final Timing timing;
    private final String mark;
    private final ShellReader reader;
    private final Thread beats;
    private final ReentrantLock writing = new ReentrantLock();
    private int number;

    /**
     * Starts to speak.
     *
     * @param host names it for error messages, and masks what it prints
     * @param input what the shell prints, both streams in one
     * @param output what the shell reads
     * @param disconnect ends the connection; may be called more than once
     * @param refused whether the shell came to an end of its own; asked when it ended before it said anything
     */
    StreamShell(
            HostSettings host,
            InputStream input,
            OutputStream output,
            Runnable disconnect,
            BooleanSupplier refused,
            Timing timing,
            Progress progress) {
        this.host = host.describe();
        this.output = output;
        this.disconnect = disconnect;
        this.refused = refused;
        this.timing = timing;
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        this.mark = HexFormat.of().formatHex(random);
        this.reader = new ShellReader(input, mark, host::mask, progress);
        daemon(reader, "output of " + this.host).start();
        this.beats = daemon(this::beat, "heartbeat of " + this.host);
        write(ShellProtocol.driver(mark, timing.silence()));
        beats.start();
    }

    @Override
    public ScriptResult run(String name, String script, Duration deadline) throws InterruptedException {
        number++;
        write(ShellProtocol.run(mark, number, deadline, script));
        try {
            Optional<ScriptResult> result = await(name, deadline);
            if (result.isEmpty()) {
                write(ShellProtocol.stop(number));
                result = await(name, timing.grace());
            }
            return result.orElseThrow(
                    () -> lost(name, "no answer within " + timing.grace().toSeconds() + " s"));
        } catch (InterruptedException e) {
            write(ShellProtocol.kill());
            throw e;
        }
    }

    /** Waits for the end of the script that runs; empty when the time passes first. */
    private Optional<ScriptResult> await(String name, Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (true) {
            ShellReader.End end = reader.ends().poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (end == null) {
                return Optional.empty();
            }
            if (end.isOfConnection()) {
                // It stays known to whoever asks next.
                reader.ends().add(end);
                throw reader.heardShell() || !refused.getAsBoolean()
                        ? lost(name, lastLine(end.result().tail()))
                        : noShell(end.result().tail());
            }
            if (end.number() == number) {
                return Optional.of(end.result());
            }
            // Else a script came to its end just when it was stopped, and this is the answer to the stop.
        }
    }

    private ConnectionLostException lost(String name, String reason) {
        return new ConnectionLostException(
                "The connection to " + host + " was lost during \"" + name + "\""
                        + (reason.isEmpty() ? "." : ": " + reason + "."),
                null);
    }

    private DeployFirstException noShell(String printed) {
        String said = printed.isEmpty() ? "" : " It says: " + printed.replaceAll("\\s+", " ");
        return DeployFirstException.unchanged(
                host + " accepts the login but runs no commands for this user." + said,
                "Give the user a login shell, and no forced command (ForceCommand, command= in authorized_keys).");
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    @Override
    public void hold(String directory) {
        write(ShellProtocol.hold(directory));
    }

    @Override
    public void atEnd(String script) {
        write(ShellProtocol.atEnd(mark, script));
    }

    private void beat() {
        try {
            while (reader.silence().compareTo(timing.silence()) < 0) {
                Thread.sleep(timing.beat().toMillis());
                // Who holds the lock is sending a message, which is as good as a beat, or is stuck, which silence
                // tells.
                if (writing.tryLock()) {
                    try {
                        write(ShellProtocol.beat());
                    } finally {
                        writing.unlock();
                    }
                }
            }
            reader.connectionEnded("no sign of life for " + timing.silence().toSeconds() + " s");
            disconnect.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a message. A connection that is gone shows at its other end, where the script's end is awaited. */
    private void write(String message) {
        writing.lock();
        try {
            output.write(message.getBytes(StandardCharsets.UTF_8));
            output.flush();
        } catch (IOException e) {
            reader.connectionEnded("");
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        beats.interrupt();
        try {
            output.close();
        } catch (IOException e) {
            // Nothing is left to say to a connection that is gone.
        }
        disconnect.run();
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "Deploy First: " + name);
        thread.setDaemon(true);
        return thread;
    }
}

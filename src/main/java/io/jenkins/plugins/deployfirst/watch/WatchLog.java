package io.jenkins.plugins.deployfirst.watch;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.deployfirst.agent.LogProgress;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log of a watch in the background: a file in its build's directory, open only while something is written. */
final class WatchLog implements Progress {
    private static final Logger LOGGER = Logger.getLogger(WatchLog.class.getName());

    private final File file;
    private final Instant startedAt;

    WatchLog(File file, Instant startedAt) {
        this.file = file;
        this.startedAt = startedAt;
    }

    /** Opens it for a while, at its end. */
    StreamTaskListener open() throws IOException {
        return new StreamTaskListener(file, true, StandardCharsets.UTF_8);
    }

    @Override
    public void info(String line) {
        write(progress -> progress.info(line));
    }

    @Override
    public void warn(String line) {
        write(progress -> progress.warn(line));
    }

    private synchronized void write(Consumer<Progress> entry) {
        try (StreamTaskListener listener = open()) {
            entry.accept(new LogProgress(listener, Duration.between(startedAt, Instant.now())));
        } catch (IOException e) {
            // The build may have been deleted; the watch goes on without its log until it hears of that.
            LOGGER.log(Level.FINE, e, () -> file + " could not be written");
        }
    }
}

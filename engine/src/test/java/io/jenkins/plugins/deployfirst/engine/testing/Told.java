package io.jenkins.plugins.deployfirst.engine.testing;

import io.jenkins.plugins.deployfirst.engine.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a flow tells, each line with what kind it is. */
public final class Told implements Progress {
    public final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void phaseStarted(String phase) {
        lines.add("begin " + phase);
    }

    @Override
    public void phaseEnded(String phase, Duration duration, String failure) {
        lines.add((failure.isEmpty() ? "done " : "failed ") + phase);
    }

    @Override
    public void info(String line) {
        lines.add("info " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("warn " + line);
    }

    @Override
    public void output(String line) {
        lines.add(line);
    }
}

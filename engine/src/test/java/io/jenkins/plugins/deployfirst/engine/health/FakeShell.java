package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A shell that runs nothing: it remembers the scripts and answers what it was told to. */
final class FakeShell implements HostShell {
    final List<String> scripts = new ArrayList<>();
    final List<Duration> deadlines = new ArrayList<>();
    private final Deque<ScriptResult> answers = new ArrayDeque<>();

    FakeShell reports(Map<String, String> values) {
        return ends(0, values, "");
    }

    FakeShell ends(int exitStatus, Map<String, String> values, String tail) {
        answers.add(new ScriptResult(exitStatus, values, tail));
        return this;
    }

    @Override
    public ScriptResult run(String name, String script, Duration deadline) {
        scripts.add(script);
        deadlines.add(deadline);
        return answers.remove();
    }

    @Override
    public void hold(String directory) {
        throw new UnsupportedOperationException("a probe holds nothing");
    }

    @Override
    public void atEnd(String script) {
        throw new UnsupportedOperationException("a probe leaves nothing behind");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the shell is the flow's");
    }
}

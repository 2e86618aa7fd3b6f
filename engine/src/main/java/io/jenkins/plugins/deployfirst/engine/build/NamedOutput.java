package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.Progress;

/** Puts a name before every line of output, so that what runs at the same time can be told apart. */
record NamedOutput(String name, Progress progress) implements Progress {
    @Override
    public void output(String line) {
        progress.output("[" + name + "] " + line);
    }
}

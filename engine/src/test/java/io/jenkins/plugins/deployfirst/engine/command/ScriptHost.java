package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.host.LocalHost;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs what the builders made as a host does, on this machine, with a home directory and programs of its own. */
final class ScriptHost implements AutoCloseable, Progress {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** What the scripts printed. */
    final List<String> output = new CopyOnWriteArrayList<>();

    private final Path root;
    private final HostShell shell;

    ScriptHost(Path root) throws InterruptedException {
        this.root = root;
        Tool.run(root, "mkdir", "-p", home().toString(), programs().toString());
        this.shell = new LocalHost().open(this);
    }

    Path home() {
        return root.resolve("home");
    }

    /** Returns the state directory of the environment preprod. */
    Path state() {
        return home().resolve(".deploy-first").resolve("preprod");
    }

    private Path programs() {
        return root.resolve("programs");
    }

    /** Puts a program before those of this machine. */
    ScriptHost program(String name, String script) {
        Tool.write(programs().resolve(name), "#!/bin/sh\n" + script + "\n");
        Tool.run(programs(), "chmod", "+x", name);
        return this;
    }

    /** Takes a directory's lock as a flow does: every later script inherits it. */
    void hold(Path directory) {
        shell.hold(directory.toString());
    }

    ScriptResult run(Script script) throws InterruptedException {
        return run(script.text());
    }

    ScriptResult run(String script) throws InterruptedException {
        String surroundings = "umask 022; PATH=" + Quote.quoted(programs().toString()) + ":$PATH; HOME="
                + Quote.quoted(home().toString()) + "; export PATH HOME GIT_CONFIG_NOSYSTEM=1\n";
        return shell.run("test", surroundings + script, DEADLINE);
    }

    /** Runs a script that must succeed. */
    ScriptResult succeed(String script) throws InterruptedException {
        ScriptResult result = run(script);
        assertThat(result.exitStatus())
                .as("%s %s", result.values(), result.tail())
                .isZero();
        return result;
    }

    /** Runs a script that must succeed. */
    ScriptResult succeed(Script script) throws InterruptedException {
        return succeed(script.text());
    }

    /** Runs a script that must end with a problem, and returns the problem's code. */
    String problemOf(String script) throws InterruptedException {
        ScriptResult result = run(script);
        assertThat(result.succeeded())
                .as("%s %s", result.values(), result.tail())
                .isFalse();
        return result.value("problem");
    }

    @Override
    public void output(String line) {
        output.add(line);
    }

    @Override
    public void close() {
        shell.close();
    }
}

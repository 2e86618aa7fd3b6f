package io.jenkins.plugins.deployfirst.engine.workspace;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Scratch;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.host.LocalHost;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A flow's shells on this machine, with a directory of the flow's own that is removed, with what belongs to it, at every
 * end: see {@link Scratch}.
 */
public final class WorkspaceSession implements AutoCloseable {
    private static final Duration BRIEF = Duration.ofSeconds(60);

    private final LocalHost host;
    private final Progress progress;
    private final HostShell shell;
    private final String scratch;

    private WorkspaceSession(LocalHost host, Progress progress, HostShell shell, String scratch) {
        this.host = host;
        this.progress = progress;
        this.shell = shell;
        this.scratch = scratch;
    }

    /**
     * Begins.
     *
     * @param clean from the directory of the flow's own to what is to be done before it is removed; see
     *     {@link Scratch#clean}
     */
    public static WorkspaceSession open(Workspace workspace, Progress progress, UnaryOperator<String> clean)
            throws InterruptedException {
        LocalHost host = new LocalHost(workspace.variables());
        HostShell shell = host.open(progress);
        try {
            String scratch = require("prepare", shell.run("prepare", Scratch.make(), BRIEF))
                    .value("scratch");
            shell.atEnd(Scratch.clean(scratch, clean.apply(scratch)));
            shell.hold(scratch);
            require("lock", shell.run("lock", Scratch.lock(), BRIEF));
            return new WorkspaceSession(host, progress, shell, scratch);
        } catch (InterruptedException | RuntimeException e) {
            shell.close();
            throw e;
        }
    }

    private static ScriptResult require(String name, ScriptResult result) {
        if (!result.succeeded()) {
            throw WorkspaceProblem.explain(name, result);
        }
        return result;
    }

    /** Returns the directory of the flow's own, which nobody else can read. */
    public String scratch() {
        return scratch;
    }

    /**
     * Runs a script in the flow's first shell.
     *
     * @throws DeployFirstException when it fails
     */
    public ScriptResult run(String name, String script, Duration deadline) throws InterruptedException {
        return require(name, shell.run(name, script, deadline));
    }

    /** Opens one more shell, for what runs at the same time; whoever opens it closes it. */
    public HostShell another(Progress output) {
        return host.open(output);
    }

    /** Ends the shell and waits until all is cleaned up, also when the flow was interrupted. */
    @Override
    public void close() {
        shell.close();
        boolean interrupted = Thread.interrupted();
        try (HostShell last = host.open(progress)) {
            require("clean up", last.run("clean up", Scratch.await(scratch), BRIEF));
        } catch (DeployFirstException e) {
            progress.warn(e.getMessage());
        } catch (InterruptedException e) {
            // Asked twice to end: it is cleaned up without being awaited.
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

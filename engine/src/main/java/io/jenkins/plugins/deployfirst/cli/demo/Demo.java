package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The whole demonstration: sets up a throw-away host, tells the story on it, clears everything away. */
public final class Demo {
    private final Audience audience;
    private final Parts parts;
    private final boolean keep;
    private final Map<String, String> variables;

    /**
     * Creates it.
     *
     * @param keep whether everything goes on running after the story until the process is told to end
     * @param variables the environment variables of this process
     */
    public Demo(Audience audience, Parts parts, boolean keep, Map<String, String> variables) {
        this.audience = audience;
        this.parts = parts;
        this.keep = keep;
        this.variables = Map.copyOf(variables);
    }

    /**
     * Runs it. Nothing is left behind, however it ends.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) when a program is missing, or when the story does not come out as
     *     it should
     * @throws InterruptedException when the process is told to end
     */
    public Ending run() throws InterruptedException {
        Programs programs = new Programs(variables);
        Requirements.check(programs);
        audience.say("Setting up a throw-away host …");
        try (ThrowAwayHost host = ThrowAwayHost.start(programs, parts, Story.FIRST_PAGE, audience.progress()::warn)) {
            audience.list(host.description());
            return tell(host);
        }
    }

    /**
     * Sets everything up for a story that is told elsewhere, and clears it away when the process is told to end.
     *
     * @param file where to write what there is, as Java properties
     * @throws InterruptedException when the process is told to end
     */
    public void serve(Path file) throws InterruptedException {
        Programs programs = new Programs(variables);
        Requirements.check(programs);
        try (ThrowAwayHost host = ThrowAwayHost.start(programs, parts, Story.FIRST_PAGE, audience.progress()::warn)) {
            audience.list(host.description());
            new Scene(audience, host).serve(file);
        }
    }

    private Ending tell(ThrowAwayHost host) throws InterruptedException {
        try {
            Ending ending = new Story(audience, host).tell();
            audience.ending(ending);
            keepIfAsked(host);
            return ending;
        } catch (DeployFirstException wrong) {
            audience.progress().warn(wrong.getMessage());
            keepIfAsked(host);
            throw wrong;
        }
    }

    private void keepIfAsked(ThrowAwayHost host) {
        if (!keep) {
            return;
        }
        audience.heading("Everything is kept until this process ends (Ctrl-C).");
        audience.list(host.waysIn());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException told) {
            audience.say("Clearing away …");
        }
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.DockerConfig;
import io.jenkins.plugins.deployfirst.engine.command.EnvFile;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.command.StateFiles;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;

/**
 * The secrets that a flow lends to the host: each is handed over once, and taken away when the shell ends, however it
 * ends. What a host that was switched off has kept, the next flow removes.
 */
final class Loan {
    private final Environment environment;
    private final HostShell shell;
    private final Runner runner;
    private String loginDirectory = "";
    private boolean lent;
    private boolean loggedIn;
    private boolean fileWritten;

    /** Runs a script to its successful end. */
    @FunctionalInterface
    interface Runner {
        ScriptResult run(String name, String script) throws InterruptedException;
    }

    Loan(Environment environment, HostShell shell, Runner runner) {
        this.environment = environment;
        this.shell = shell;
        this.runner = runner;
    }

    /** Returns what removes, once the lock is held, everything that a run that was cut off may have left. */
    static Script begin(Script state) {
        return StateFiles.removeLogin(EnvFile.tidy(state));
    }

    /** Notes what {@link #begin} has reported. */
    void begun(ScriptResult result) {
        loginDirectory = result.value(StateFiles.LOGIN);
    }

    boolean hasLogin() {
        return environment.secrets().registry().filter(Registry::hasLogin).isPresent() && !loggedIn;
    }

    boolean hasFile() {
        return environment.secrets().envFile().isPresent() && !fileWritten;
    }

    /** Logs in to the registry; the lock is held. */
    void logIn() throws InterruptedException {
        lend();
        runner.run(
                "registry login",
                DockerConfig.login(
                        loginDirectory, environment.secrets().registry().orElseThrow()));
        loggedIn = true;
    }

    /**
     * Writes the file; the lock is held.
     *
     * @param sha the commit that is going to be in the checkout
     */
    void writeFile(String sha) throws InterruptedException {
        lend();
        EnvFileSettings file = environment.secrets().envFile().orElseThrow();
        runner.run(
                "env file",
                EnvFile.write(state(), environment.directory(), sha, file.path(), file.content(), file.keep()));
        fileWritten = true;
    }

    /** Lets a file that is to be kept stay from now on, because a release goes live with it. */
    void keepFile() throws InterruptedException {
        if (fileWritten
                && environment.secrets().envFile().filter(EnvFileSettings::keep).isPresent()) {
            runner.run("keep the env file", EnvFile.keep(state()));
        }
    }

    /** Returns the lines that have a script use the login; empty when there is none. */
    String setting() {
        return loggedIn ? DockerConfig.use(new Script(""), loginDirectory).text() : "";
    }

    private void lend() {
        lent = true;
        shell.atEnd(takeBack());
    }

    /** Takes back what was lent; the lock is held still. */
    void takeBack(Duration deadline) throws InterruptedException {
        if (lent) {
            shell.run("take secrets back", takeBack(), deadline);
            // From now on others may lend theirs.
            shell.atEnd("");
        }
    }

    private String takeBack() {
        Script script = EnvFile.tidy(state());
        return environment
                .secrets()
                .registry()
                .map(registry -> DockerConfig.logout(script, loginDirectory, registry))
                .orElse(script)
                .text();
    }

    private Script state() {
        return StateFiles.with(environment.name(), environment.stateFile());
    }
}

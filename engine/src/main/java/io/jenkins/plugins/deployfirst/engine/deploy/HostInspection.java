package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Inspect;
import io.jenkins.plugins.deployfirst.engine.host.Host;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks whether a host has all that an environment needs, before anything is deployed; changes nothing there. */
public final class HostInspection {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int SHOWN = 300;

    /** Stands for a release in compose files that ask for the tag of its images. */
    private static final Release ANY = Release.of("0".repeat(40));

    private final Environment environment;
    private final HostShell shell;
    private final List<Finding> findings = new ArrayList<>();

    private HostInspection(Environment environment, HostShell shell) {
        this.environment = environment;
        this.shell = shell;
    }

    /** What is looked at, in this order. */
    public enum Subject {
        GIT,
        DOCKER,
        COMPOSE,
        DIRECTORY,
        COMPOSE_FILES,
        STATE
    }

    /**
     * One thing that was looked at.
     *
     * @param ok whether it is as a deployment needs it
     * @param text what was found, or what is wrong
     * @param remedy what to do about it; empty when it is as it should be
     */
    public record Finding(Subject subject, boolean ok, String text, String remedy) {}

    /**
     * Connects, looks, and hangs up. What cannot be looked at because of an earlier finding is left out.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException when the host cannot be reached, its key is not
     *     known, or it refuses the login
     */
    public static List<Finding> of(Environment environment) throws InterruptedException {
        try (HostShell shell = Host.of(environment.host()).open(Progress.NONE)) {
            HostInspection inspection = new HostInspection(environment, shell);
            inspection.run();
            return List.copyOf(inspection.findings);
        }
    }

    private void run() throws InterruptedException {
        boolean checkout = environment.image().isEmpty();
        boolean git = !checkout || look(Subject.GIT, Inspect.git()).succeeded();
        look(Subject.DOCKER, Inspect.docker());
        ScriptResult compose = look(Subject.COMPOSE, Inspect.compose());
        String directory = environment.directory();
        if (git
                && look(Subject.DIRECTORY, checkout ? Inspect.directory(directory) : Inspect.folder(directory))
                        .succeeded()
                && compose.succeeded()) {
            Compose command = Carrier.of(environment).compose(compose.value("tool"), ANY);
            look(Subject.COMPOSE_FILES, Inspect.composeFiles(directory, command));
        }
        look(Subject.STATE, Inspect.state(environment.name(), environment.stateFile()));
    }

    private ScriptResult look(Subject subject, String script) throws InterruptedException {
        ScriptResult result = shell.run("look", script, DEADLINE);
        if (result.succeeded()) {
            findings.add(new Finding(subject, true, OneLine.of(result.value("found"), SHOWN), ""));
        } else {
            DeployFirstException problem = HostProblem.explain(environment, "look", result);
            findings.add(new Finding(subject, false, problem.problem(), problem.remedy()));
        }
        return result;
    }
}

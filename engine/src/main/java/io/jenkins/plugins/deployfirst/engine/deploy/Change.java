package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment and a rollback have in common: bring a commit, check it, put it into the checkout, make it run, ask
 * whether it is healthy. Each method is one phase, in the order in which they are used.
 */
final class Change {
    private final Environment environment;
    private final FlowContext context;
    private final EnvironmentShell shell;
    private final HostState before;
    private final boolean interrupted;
    private final PhaseLog phases;
    private FetchedRelease target;
    private Optional<ComposeInfo> compose = Optional.empty();
    private List<DeployResult.ImageChange> images = List.of();

    /**
     * Begins a change.
     *
     * @param before what the host runs
     * @param interrupted whether the last change died half way: what runs need not be what the checkout holds
     */
    Change(
            Environment environment,
            FlowContext context,
            EnvironmentShell shell,
            HostState before,
            boolean interrupted,
            PhaseLog phases) {
        this.environment = environment;
        this.context = context;
        this.shell = shell;
        this.before = before;
        this.interrupted = interrupted;
        this.phases = phases;
    }

    /** Brings the commit to the host. */
    Release fetch(String sha) throws InterruptedException {
        String checked = knownCompose().map(ComposeInfo::sha).orElse("");
        target = phases.phase("fetch", () -> shell.fetch(sha, checked));
        return target.release();
    }

    /** What was remembered counts only for the files that are configured now. */
    private Optional<ComposeInfo> knownCompose() {
        return before.compose()
                .filter(info -> info.files().equals(environment.compose().files()));
    }

    /** Looks whether what the environment depends on is there. */
    void preflight() throws InterruptedException {
        if (!environment.preflight().isEmpty()) {
            phases.phase("preflight", () -> {
                shell.preflight(environment.preflight());
                return null;
            });
        }
    }

    /**
     * Has compose check the commit's files, unless the same files passed before. Where compose is going to be run, it is
     * looked for anew: the host may have another one by now.
     */
    void checkCompose() throws InterruptedException {
        String sha = target.release().sha();
        Optional<ComposeInfo> passed = knownCompose().filter(info -> !target.composeChangedSinceCheck());
        if (passed.isPresent() && !needsCompose()) {
            compose = passed.map(info -> info.at(info.tool(), sha));
            return;
        }
        compose = Optional.of(phases.phase("compose config", () -> {
            String tool = shell.detectCompose();
            return passed.isPresent() ? passed.get().at(tool, sha) : shell.checkCompose(tool, sha);
        }));
    }

    private boolean needsCompose() {
        return needsUp() || environment.migrate().isPresent();
    }

    /** Builds from the checkout and pulls what the release needs, when it is going to be brought up. */
    void prepareImages() throws InterruptedException {
        if (needsUp()) {
            phases.phase("images", () -> {
                shell.prepareImages(info());
                return null;
            });
        }
    }

    /** Runs the backup command. Returns the last line that it printed. */
    String backUp(String commandLine) throws InterruptedException {
        return phases.phase("backup", () -> shell.backUp(commandLine));
    }

    /** Puts the commit into the checkout; the entry tells the journal before anything changes. */
    void reset(JournalEntry started) throws InterruptedException {
        String saved = phases.phase("reset", () -> shell.reset(target.release().sha(), started, interrupted));
        if (!saved.isBlank()) {
            context.progress()
                    .warn("Local changes in the checkout were saved in "
                            + saved.strip().replace("\n", ", "));
        }
    }

    /** Puts the live commit back into the checkout, if the new one is in it; nothing was restarted yet. */
    void undoReset() throws InterruptedException {
        phases.phase("undo", () -> {
            shell.undoReset(before.live().sha());
            return null;
        });
    }

    /** Runs a migration command, if there is one. */
    void migrate(Optional<String> command) throws InterruptedException {
        if (command.isPresent() && environment.migrate().isPresent()) {
            boolean servicesRun = !containers().isEmpty();
            phases.phase("migrate", () -> {
                shell.migrate(info().tool(), environment.migrate().get(), command.get(), servicesRun);
                return null;
            });
        }
    }

    /** Makes the commit run. */
    void start() throws InterruptedException {
        if (needsUp()) {
            sayWhyUp();
            phases.phase("up", () -> {
                ContainerImages old = shell.up(info().tool(), containers());
                EnvironmentShell.UpResult now = shell.lookAfterUp(before);
                images = now.images().since(old);
                restartWhatUpLeft(now.containers());
                return null;
            });
        } else {
            phases.phase("restart", () -> {
                shell.restart(containers(), info());
                return null;
            });
        }
    }

    /** Mounted code is read at the start of a container; {@code up} leaves containers alone whose settings are the same. */
    private void restartWhatUpLeft(List<Container> now) throws InterruptedException {
        if (environment.compose().action() == ComposeSettings.Action.RESTART) {
            List<Container> old = containers();
            List<Container> left = now.stream().filter(old::contains).toList();
            if (!left.isEmpty()) {
                shell.restart(left, info());
            }
        }
    }

    /** Returns what {@link #start} has changed of the services' images; empty when it only restarted containers. */
    List<DeployResult.ImageChange> images() {
        return images;
    }

    private boolean needsUp() {
        return environment.compose().action() == ComposeSettings.Action.UP
                || target.composeChangedSinceLive()
                || interrupted
                || containers().isEmpty();
    }

    private void sayWhyUp() {
        if (environment.compose().action() == ComposeSettings.Action.RESTART) {
            String reason = containers().isEmpty()
                    ? "there is no container to restart"
                    : target.composeChangedSinceLive() ? "the compose files changed" : "the last run was interrupted";
            context.progress().info("compose up instead of restart: " + reason + ".");
        }
    }

    private List<Container> containers() {
        return before.containersOf(environment);
    }

    private ComposeInfo info() {
        return compose.orElseThrow();
    }

    /** Asks whether it is healthy. */
    GateResult gate() throws InterruptedException {
        return phases.phase(
                "gate",
                () -> Gate.of(environment, context, shell, before).await(),
                result -> result.healthy() ? "" : Gate.reason(result));
    }

    /** Writes down the end of the change. */
    void record(JournalEntry entry) throws InterruptedException {
        phases.phase("journal", () -> {
            shell.record(entry, target.release().sha(), compose);
            return null;
        });
    }

    /** Makes the commit the last validated one, and writes down why. */
    void validate(JournalEntry reason, JournalEntry validated) throws InterruptedException {
        phases.phase("validate", () -> {
            shell.record(reason);
            shell.validate(target.release().sha(), validated);
            return null;
        });
    }

    /** Tells a person what to type. */
    void printManualCommands(String sha) {
        printCommands(
                "A person is needed. The containers and their logs are left as they are. To go to " + sha + ":", sha);
    }

    /** Shows what a person types to go to a commit, after a line that says what it is for. */
    void printCommands(String purpose, String sha) {
        Progress progress = context.progress();
        String tool = compose.map(ComposeInfo::tool).orElse("docker compose");
        progress.warn(purpose);
        ManualCommands.toReach(environment, shell.compose(tool), sha).forEach(line -> progress.warn("    " + line));
    }
}

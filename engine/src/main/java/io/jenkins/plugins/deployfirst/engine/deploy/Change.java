package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment and a rollback have in common: bring a release, check it, put it into its place, make it run, ask
 * whether it is healthy. The methods stand in the order in which they are used.
 */
final class Change {
    private final Environment environment;
    private final FlowContext context;
    private final EnvironmentShell shell;
    private final HostState before;
    private final boolean interrupted;
    private final PhaseLog phases;
    private final Carrier carrier;
    private boolean again;
    private boolean looked;
    private boolean prepared;
    private boolean touched;
    private FetchedRelease target;
    private Optional<ComposeInfo> compose = Optional.empty();
    private Scope scope;
    private String since = "";
    private List<DeployResult.ImageChange> images = List.of();
    private Optional<RollingUpdate> rolling = Optional.empty();
    private Optional<ValidatedResult> expected = Optional.empty();

    /**
     * Begins a change.
     *
     * @param before what the host runs
     * @param interrupted whether the last change died half way: what runs need not be what is in place
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
        this.carrier = Carrier.of(environment);
    }

    /** What becomes of the schema. */
    enum Schema {
        /** It is brought to where the new release needs it. */
        FORWARD,
        /** It is taken back to where the release before this one needs it; when that fails, the release goes live all the same. */
        BACK,
        AS_IT_IS
    }

    /** Brings the release to the host; also its images, where only these know the commit. */
    Release fetch(Release wanted) throws InterruptedException {
        String checked = knownCompose().map(ComposeInfo::sha).orElse("");
        target = phases.phase("fetch", () -> shell.fetch(wanted, checked));
        return target.release();
    }

    /** Brings a release that was live before: with the very images that it had then, as far as they are there. */
    Release fetchAgain(Release wanted) throws InterruptedException {
        again = true;
        return fetch(wanted);
    }

    /** Has the images of a tag tell the commit; they are the only part of the release that is known. */
    Release readRevision() throws InterruptedException {
        preflight();
        lendSecrets();
        checkCompose();
        requireServices();
        prepareImages();
        target = target.of(phases.phase("revision", () -> releaseImages().revision()));
        return target.release();
    }

    /** What was remembered counts only for the files that are configured now. */
    private Optional<ComposeInfo> knownCompose() {
        return before.compose()
                .filter(info -> info.files().equals(environment.compose().files()));
    }

    /** Looks whether what the environment depends on is there. */
    void preflight() throws InterruptedException {
        if (!environment.preflight().isEmpty() && !looked) {
            looked = true;
            phases.phase("preflight", () -> {
                shell.preflight(environment.preflight());
                return null;
            });
        }
    }

    /**
     * Lends the host what it needs of secrets: the login only where images may be pulled or built, the file always, since
     * compose reads it and containers may mount it.
     */
    void lendSecrets() throws InterruptedException {
        Loan loan = shell.loan();
        if (needsCompose() && loan.hasLogin()) {
            phases.phase("registry login", () -> {
                loan.logIn();
                return null;
            });
        }
        if (loan.hasFile()) {
            phases.phase("env file", () -> {
                loan.writeFile(target.release().sha());
                return null;
            });
        }
    }

    /**
     * Has compose check the commit's files, unless the same files passed before. Where compose is going to be run, it is
     * looked for anew: the host may have another one by now.
     */
    void checkCompose() throws InterruptedException {
        if (compose.isPresent()) {
            return;
        }
        Release release = target.release();
        Optional<ComposeInfo> passed = knownCompose().filter(info -> !target.composeChangedSinceCheck());
        if (passed.isPresent() && !needsCompose()) {
            compose = passed.map(info -> info.at(info.tool(), release.sha()));
            scope = scope();
            return;
        }
        compose = Optional.of(phases.phase("compose config", () -> {
            String tool = shell.detectCompose();
            return passed.isPresent() ? passed.get().at(tool, release.sha()) : shell.checkCompose(tool, release);
        }));
        scope = scope();
    }

    private boolean needsCompose() {
        return needsUp() || environment.migrate().isPresent();
    }

    /** Runs the backup command. Returns the last line that it printed. */
    String backUp(String commandLine) throws InterruptedException {
        return phases.phase("backup", () -> shell.backUp(commandLine));
    }

    /**
     * Puts the release into its place, with its images and its schema, while the old containers run.
     *
     * @param started tells the journal before the place changes
     */
    void install(JournalEntry started, Schema schema) throws InterruptedException {
        if (carrier.isPlacedFirst()) {
            takeBackSchema(schema);
            place(started);
            prepareImages();
            planRolling(schema);
            bringSchema(schema);
        } else {
            prepareImages();
            planRolling(schema);
            takeBackSchema(schema);
            bringSchema(schema);
            place(started);
        }
    }

    /** Has a release of images refused whose tags have moved to other images than those that were validated elsewhere. */
    void expectImages(ValidatedResult validated) {
        expected = Optional.of(validated);
    }

    /** Builds and pulls what the release needs, when it is going to be brought up. */
    private void prepareImages() throws InterruptedException {
        if (needsUp() && !prepared) {
            prepared = true;
            phases.phase("images", () -> {
                releaseImages().bring(again);
                if (expected.isPresent()) {
                    releaseImages().requireThoseOf(expected.get());
                }
                return null;
            });
        }
    }

    /** Finds out what a rolling update replaces. Only on the way forward it is refused where that cannot be. */
    private void planRolling(Schema schema) throws InterruptedException {
        if (environment.rolling().isPresent()) {
            rolling = Optional.of(phases.phase("plan", () -> {
                Compose tool = carrier.compose(info().tool(), target.release());
                RollingUpdate update =
                        new RollingUpdate(environment, shell, phases, tool, containers()).look(scope.of(info()));
                if (schema == Schema.FORWARD) {
                    update.refuseWhatCannotBe();
                }
                return update;
            }));
        }
    }

    private ReleaseImages releaseImages() {
        return new ReleaseImages(shell, carrier, context.progress(), scope.of(info()), target.release());
    }

    private void place(JournalEntry started) throws InterruptedException {
        touched = true;
        String saved = phases.phase("reset", () -> shell.place(target.release(), started, interrupted));
        if (!saved.isBlank()) {
            context.progress()
                    .warn("Local changes in the checkout were saved in "
                            + saved.strip().replace("\n", ", "));
        }
    }

    /** Returns whether the release may be in its place: then an exception, unlike a result, leaves something to mend. */
    boolean touched() {
        return touched;
    }

    /**
     * Puts the live release back into its place, if the new one may be there, and gives its images back the names that were
     * taken from them; nothing was restarted yet.
     */
    void undo() throws InterruptedException {
        if (prepared) {
            releaseImages().leaveTo(before.live().images());
        }
        if (touched) {
            phases.phase("undo", () -> {
                shell.placeBack(before.live());
                return null;
            });
            touched = false;
        }
    }

    private void bringSchema(Schema schema) throws InterruptedException {
        if (schema == Schema.FORWARD) {
            schemaChange().bringTo(target.release(), info().tool());
        }
    }

    private void takeBackSchema(Schema schema) throws InterruptedException {
        if (schema == Schema.BACK) {
            schemaChange().takeBackFrom(before.live(), info().tool());
        }
    }

    private SchemaChange schemaChange() {
        return new SchemaChange(
                environment, context, shell, phases, !containers().isEmpty());
    }

    /** Makes the release run. */
    void start() throws InterruptedException {
        shell.loan().keepFile();
        since = environment.health().logs().isPresent() ? shell.now() : "";
        if (rolling.filter(RollingUpdate::isNeeded).isPresent()) {
            ContainerImages old = rolling.get().run();
            EnvironmentShell.UpResult now = shell.lookAfterUp(before);
            noteImages(old, now.images());
            awaitContainers(now.containers());
        } else if (needsUp()) {
            sayWhyUp();
            phases.phase("up", () -> {
                scope.conditions().forEach(context.progress()::info);
                ContainerImages old = shell.up(info().tool(), target.release(), containers(), scope);
                EnvironmentShell.UpResult now = shell.lookAfterUp(before);
                noteImages(old, now.images());
                restartWhatUpLeft(now.containers());
                awaitContainers(now.containers());
                return null;
            });
        } else {
            phases.phase("restart", () -> {
                shell.restart(scope.of(containers()), info(), target.release());
                return null;
            });
        }
    }

    private void noteImages(ContainerImages old, ContainerImages now) {
        images = now.since(old);
        target = target.of(target.release().with(now));
    }

    /** Mounted code is what a restart is for; to others it is worth a warning. */
    private void awaitContainers(List<Container> now) throws InterruptedException {
        Arrival arrival = shell.arrival(scope.of(now), context.progress());
        if (environment.compose().action() == ComposeSettings.Action.UP) {
            arrival.warnOfMounts();
        }
        arrival.await(containers());
    }

    /** Shows what the containers have logged, before they are replaced by others. */
    void showLogs() throws InterruptedException {
        try {
            List<Container> now = before.containersOf(environment, shell.containers());
            shell.arrival(scope == null ? now : scope.of(now), context.progress())
                    .showLogs();
        } catch (ConnectionLostException e) {
            throw e;
        } catch (DeployFirstException e) {
            context.progress().warn("The logs cannot be shown: " + e.getMessage());
        }
    }

    /** Mounted code is read at the start of a container; {@code up} leaves containers alone whose settings are the same. */
    private void restartWhatUpLeft(List<Container> now) throws InterruptedException {
        if (environment.compose().action() == ComposeSettings.Action.RESTART) {
            List<Container> old = containers();
            List<Container> left = scope.of(now).stream().filter(old::contains).toList();
            if (!left.isEmpty()) {
                shell.restart(left, info(), target.release());
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
                || lacksContainers();
    }

    private boolean lacksContainers() {
        List<String> there = containers().stream().map(Container::service).toList();
        return there.isEmpty() || !there.containsAll(environment.compose().services());
    }

    private void sayWhyUp() {
        if (environment.compose().action() == ComposeSettings.Action.RESTART) {
            String reason = lacksContainers()
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

    /** Refuses chosen services that the release does not have; a rollback passes over them instead. */
    void requireServices() {
        Scope.require(info(), environment.compose());
    }

    private Scope scope() {
        return Scope.of(
                info(),
                environment.compose(),
                containers().stream().map(Container::service).toList());
    }

    /** Asks whether it is healthy. */
    GateResult gate() throws InterruptedException {
        return phases.phase(
                "gate",
                () -> Gate.of(environment, context, shell, before, since).await(),
                result -> result.healthy() ? "" : Gate.reason(result));
    }

    /** Writes down that the release is live. */
    void record(JournalEntry entry) throws InterruptedException {
        Optional<ComposeInfo> remembered = compose.filter(info -> carrier.isPlacedFirst());
        phases.phase("journal", () -> {
            JournalEntry whole = images.isEmpty() ? entry : entry.withWhole("images", imagesText());
            shell.record(whole, target.release(), remembered);
            return null;
        });
    }

    private String imagesText() {
        return target.release().images().toText();
    }

    /** Makes the release the last validated one, and writes down why. */
    void validate(JournalEntry reason, JournalEntry validated) throws InterruptedException {
        phases.phase("validate", () -> {
            shell.record(reason);
            shell.validate(target.release(), validated);
            return null;
        });
    }

    /** Tells a person what to type. */
    void printManualCommands(Release release) {
        printCommands(
                "A person is needed. The containers and their logs are left as they are. To go to " + release.name()
                        + ":",
                release);
    }

    /** Returns what a person types to go to a release, in one line for a message. */
    String byHand(Release release) {
        return ManualCommands.inOneLine(environment, tool(), release);
    }

    private String tool() {
        return compose.map(ComposeInfo::tool).orElse("docker compose");
    }

    /** Shows what a person types to go to a release, after a line that says what it is for. */
    void printCommands(String purpose, Release release) {
        Progress progress = context.progress();
        progress.warn(purpose);
        ManualCommands.toReach(environment, tool(), release).forEach(line -> progress.warn("    " + line));
    }
}

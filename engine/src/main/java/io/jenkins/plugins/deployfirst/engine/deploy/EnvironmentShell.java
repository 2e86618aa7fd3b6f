package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.Backup;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Docker;
import io.jenkins.plugins.deployfirst.engine.command.Git;
import io.jenkins.plugins.deployfirst.engine.command.Preflight;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.command.StateFiles;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.host.Host;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A shell on an environment's host, with the environment's own actions: each is one script, run to its end. */
final class EnvironmentShell implements AutoCloseable {
    private static final int JOURNAL_ENTRIES = 40;
    private static final Duration RELEASE_DEADLINE = Duration.ofSeconds(10);

    private final Environment environment;
    private final HostShell shell;
    private boolean mayHoldLock;

    private EnvironmentShell(Environment environment, HostShell shell) {
        this.environment = environment;
        this.shell = shell;
    }

    static EnvironmentShell open(Environment environment, FlowContext context) throws InterruptedException {
        return new EnvironmentShell(environment, Host.of(environment.host()).open(context.progress()));
    }

    HostShell shell() {
        return shell;
    }

    /**
     * Takes the lock, waiting for whoever holds it, and looks at what the host runs and remembers.
     *
     * @param holder what others are told who have to wait
     * @param sha selects journal entries; may be empty
     */
    HostState lockAndLook(String holder, String sha) throws InterruptedException {
        shell.hold(environment.directory());
        long seconds = environment.lockTimeout().toSeconds();
        Script script = StateFiles.acquire(state(), environment.directory(), seconds, holder);
        Duration deadline = environment.lockTimeout().plus(environment.commandTimeout());
        mayHoldLock = true;
        return HostState.of(run("lock", look(script, sha, JOURNAL_ENTRIES).text(), deadline));
    }

    /** Looks at what the host runs and remembers, without the lock. */
    HostState look(int journalEntries) throws InterruptedException {
        return look("", journalEntries);
    }

    /** Looks as {@link #look(int)} does, and at the journal entries about a commit. */
    HostState look(String sha, int journalEntries) throws InterruptedException {
        return HostState.of(run(
                "look",
                look(StateFiles.require(state(), environment.directory()), sha, journalEntries)
                        .text()));
    }

    private Script look(Script script, String sha, int journalEntries) {
        String git = StateFiles.look(environment.directory(), sha, journalEntries);
        return Docker.listing(script, git);
    }

    /** Brings a commit to the host; the checkout stays as it is. */
    FetchedRelease fetch(String sha, String checkedSha) throws InterruptedException {
        List<String> paths = Compose.paths(environment.compose().files());
        ScriptResult result =
                run("fetch", Git.fetch(environment.directory(), environment.remote(), sha, checkedSha, paths));
        return new FetchedRelease(
                Release.parse(result.value("commit")),
                !result.value("composeSinceLive").equals("no"),
                !result.value("composeSinceCheck").equals("no"));
    }

    /** Returns the full SHA of the one commit on the host whose name begins so. */
    String resolve(String abbreviation) throws InterruptedException {
        return run("resolve", Git.resolve(environment.directory(), abbreviation))
                .value("commit");
    }

    /** Looks whether what the environment depends on is there. */
    void preflight(PreflightSettings wanted) throws InterruptedException {
        run(
                "preflight",
                Preflight.look(environment.directory(), wanted.networks(), wanted.containers(), wanted.diskSpace()));
    }

    /** Runs the backup command. Returns the last line that it printed. */
    String backUp(String commandLine) throws InterruptedException {
        String printed =
                run("backup", Backup.run(environment.directory(), commandLine)).tail();
        return printed.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (before, last) -> last);
    }

    /** Finds out how compose is started on this host. */
    String detectCompose() throws InterruptedException {
        return run("find compose", Compose.detect(Script.start()).text()).value("tool");
    }

    /** Asks compose whether it understands a commit's files, and what they define. */
    ComposeInfo checkCompose(String tool, String sha) throws InterruptedException {
        ScriptResult result = run("compose config", compose(tool).check(state(), environment.directory(), sha));
        return new ComposeInfo(
                tool, environment.compose().files(), sha, ComposeInfo.servicesOf(result.value("services")));
    }

    /** Saves local changes, writes the journal entry, and resets the checkout. Returns where changes were saved. */
    String reset(String sha, JournalEntry entry, boolean interrupted) throws InterruptedException {
        return run("reset", Git.reset(state(), environment.directory(), sha, entry.toJson(), interrupted))
                .value("saved");
    }

    /** Puts a commit back into the checkout, unless it is there still. */
    void undoReset(String sha) throws InterruptedException {
        run("undo", Git.undoReset(state(), environment.directory(), sha));
    }

    /** Builds and pulls images while the old containers run. */
    void prepareImages(ComposeInfo info) throws InterruptedException {
        List<String> builds = info.services().stream()
                .filter(ComposeInfo.Service::build)
                .map(ComposeInfo.Service::name)
                .toList();
        List<String> images = info.services().stream()
                .filter(service -> !service.build() && !service.image().isEmpty())
                .map(ComposeInfo.Service::image)
                .distinct()
                .toList();
        run("images", compose(info.tool()).prepareImages(environment.directory(), builds, images));
    }

    /** Runs a migration command in a one-off container. */
    void migrate(String tool, MigrateSettings migrate, String command, boolean servicesRun)
            throws InterruptedException {
        run("migrate", compose(tool).runOnce(environment.directory(), migrate.service(), command, servicesRun));
    }

    /** Brings up what the compose files say. Returns what the old containers ran. */
    ContainerImages up(String tool, List<Container> old) throws InterruptedException {
        List<String> ids = old.stream().map(Container::id).toList();
        ScriptResult result = run("compose up", compose(tool).up(environment.directory(), ids));
        return ContainerImages.of(old, result.value("images"));
    }

    /** Looks what is there now. Returns the environment's containers, and what they run. */
    UpResult lookAfterUp(HostState state) throws InterruptedException {
        ScriptResult result = run("list containers", Docker.listWithImages());
        List<Container> now = state.containersOf(environment, Container.parseAll(result.value("containers")));
        return new UpResult(now, ContainerImages.of(now, result.value("images")));
    }

    /** The containers and images of an environment after it was brought up. */
    record UpResult(List<Container> containers, ContainerImages images) {}

    List<Container> containers() throws InterruptedException {
        return Container.parseAll(run("list containers", Docker.list()).value("containers"));
    }

    /** Restarts containers in the order in which this host's compose would; where it alone can tell them, it does it. */
    void restart(List<Container> containers, ComposeInfo info) throws InterruptedException {
        List<List<String>> groups = info.restartOrder().stream()
                .map(services -> idsOf(containers, services))
                .filter(group -> !group.isEmpty())
                .toList();
        run(
                "restart",
                groups.isEmpty() ? compose(info.tool()).restart(environment.directory()) : Docker.restart(groups));
    }

    private static List<String> idsOf(List<Container> containers, Set<String> services) {
        return containers.stream()
                .filter(container -> services.contains(container.service()))
                .map(Container::id)
                .toList();
    }

    /** Appends an entry to the journal, keeps the live commit from being pruned, and notes what is known of compose. */
    void record(JournalEntry entry, String live, Optional<ComposeInfo> compose) throws InterruptedException {
        Script script = StateFiles.append(state(), entry.toJson());
        script = Git.keep(script, environment.directory(), environment.name(), "live", live);
        script = compose.isPresent()
                ? StateFiles.rememberCompose(script, compose.get().toJson())
                : StateFiles.forgetCompose(script);
        run("journal", script.text());
    }

    /** Appends an entry to the journal. */
    void record(JournalEntry entry) throws InterruptedException {
        run("journal", StateFiles.append(state(), entry.toJson()).text());
    }

    /** Writes down a release as the last validated one. */
    void validate(String sha, JournalEntry entry) throws InterruptedException {
        Script script = StateFiles.append(StateFiles.validate(state(), sha), entry.toJson());
        run(
                "validate",
                Git.keep(script, environment.directory(), environment.name(), "validated", sha)
                        .text());
    }

    /** Returns whether a commit descends from another one; {@code unknown} in a shallow clone. */
    String descends(String ancestor, String sha) throws InterruptedException {
        return run("compare", Git.descends(environment.directory(), ancestor, sha))
                .value("descends");
    }

    /** Returns who holds the lock; empty when nobody does. */
    String lockHolder() throws InterruptedException {
        return run(
                        "look at the lock",
                        StateFiles.lookAtLock(state().set("DIR", environment.directory()))
                                .text())
                .value("locked");
    }

    Compose compose(String tool) {
        return new Compose(
                tool, environment.compose().files(), environment.compose().project());
    }

    private Script state() {
        return StateFiles.with(environment.name(), environment.stateFile());
    }

    private ScriptResult run(String name, String script) throws InterruptedException {
        return run(name, script, environment.commandTimeout());
    }

    private ScriptResult run(String name, String script, Duration deadline) throws InterruptedException {
        ScriptResult result;
        try {
            result = shell.run(name, script, deadline);
        } catch (ConnectionLostException | InterruptedException e) {
            mayHoldLock = false;
            throw e;
        }
        if (!result.succeeded()) {
            throw HostProblem.explain(environment, name, result);
        }
        return result;
    }

    /** Lets go of the lock, of the note of who holds it, and of the connection; one that is gone leaves the note. */
    @Override
    public void close() {
        try {
            if (mayHoldLock) {
                shell.run("release", StateFiles.release(state()).text(), RELEASE_DEADLINE);
            }
        } catch (ConnectionLostException e) {
            // The flow is over, and whoever takes the lock next overwrites the note.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shell.close();
        }
    }
}

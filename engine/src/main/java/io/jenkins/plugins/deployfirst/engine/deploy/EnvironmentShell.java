package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Backup;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.ContainerReports;
import io.jenkins.plugins.deployfirst.engine.command.Docker;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A shell on an environment's host, with the environment's own actions: each is one script, run to its end. */
final class EnvironmentShell implements AutoCloseable {
    private static final int JOURNAL_ENTRIES = 40;
    private static final Duration RELEASE_DEADLINE = Duration.ofSeconds(10);

    private final Environment environment;
    private final Carrier carrier;
    private final HostShell shell;
    private final Loan loan;
    private boolean mayHoldLock;

    private EnvironmentShell(Environment environment, HostShell shell) {
        this.environment = environment;
        this.carrier = Carrier.of(environment);
        this.shell = shell;
        this.loan = new Loan(environment, shell, this::run);
    }

    static EnvironmentShell open(Environment environment, FlowContext context) throws InterruptedException {
        return new EnvironmentShell(environment, Host.of(environment.host()).open(context.progress()));
    }

    HostShell shell() {
        return shell;
    }

    /** Returns the secrets that are lent to the host for the time of this shell. */
    Loan loan() {
        return loan;
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
        Script script = Loan.begin(StateFiles.acquire(required(), seconds, holder));
        Duration deadline = environment.lockTimeout().plus(environment.commandTimeout());
        mayHoldLock = true;
        Script look = look(script, sha, JOURNAL_ENTRIES);
        ScriptResult result = run("lock", (bringsUp() ? Docker.imagesOfListed(look) : look).text(), deadline);
        loan.begun(result);
        return HostState.of(result, carrier).withImagesOfLive(environment);
    }

    /** Where containers are only restarted, they keep their images. */
    private boolean bringsUp() {
        return environment.compose().action() == ComposeSettings.Action.UP;
    }

    /** Looks at what the host runs and remembers, without the lock. */
    HostState look(int journalEntries) throws InterruptedException {
        return look("", journalEntries);
    }

    /** Looks as {@link #look(int)} does, and at the journal entries about a commit. */
    HostState look(String sha, int journalEntries) throws InterruptedException {
        return HostState.of(run("look", look(required(), sha, journalEntries).text()), carrier);
    }

    private Script required() {
        return carrier.require(StateFiles.require(state(), environment.directory()));
    }

    private Script look(Script script, String sha, int journalEntries) {
        return Docker.listing(script, StateFiles.look(carrier.live(), sha, journalEntries));
    }

    /** Brings a release to the host; what is live stays as it is. */
    FetchedRelease fetch(Release wanted, String checkedSha) throws InterruptedException {
        return carrier.fetched(wanted, run("fetch", carrier.fetch(state(), wanted, checkedSha)));
    }

    /** Returns the full SHA of the one release on the host whose SHA begins so. */
    String resolve(String abbreviation) throws InterruptedException {
        return run("resolve", carrier.resolve(state(), abbreviation)).value("commit");
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

    /** Asks compose whether it understands a release's files, and what they define. */
    ComposeInfo checkCompose(String tool, Release release) throws InterruptedException {
        ScriptResult result = run("compose config", carrier.check(state(), tool, release));
        ComposeInfo info = new ComposeInfo(
                tool, environment.compose().files(), release.sha(), ComposeInfo.servicesOf(result.value("services")));
        carrier.accept(info, release);
        return info;
    }

    /** Writes the journal entry and puts a release into its place. Returns where local changes were saved. */
    String place(Release release, JournalEntry entry, boolean interrupted) throws InterruptedException {
        return run("reset", carrier.place(state(), release, entry.toJson(), interrupted))
                .value("saved");
    }

    /** Puts the live release back into its place, unless it is there still. */
    void placeBack(Release live) throws InterruptedException {
        run("undo", carrier.placeBack(state(), live));
    }

    /** Builds and pulls images while the old containers run. */
    void prepareImages(ComposeInfo info, Release release) throws InterruptedException {
        List<String> builds = info.services().stream()
                .filter(this::isBuilt)
                .map(ComposeInfo.Service::name)
                .toList();
        List<String> images = info.services().stream()
                .filter(service -> !isBuilt(service) && !service.image().isEmpty())
                .map(ComposeInfo.Service::image)
                .distinct()
                .toList();
        boolean always = environment
                .compose()
                .pull()
                .map(ComposeSettings.Pull.ALWAYS::equals)
                .orElseGet(carrier::pullsAlways);
        Compose compose = carrier.compose(info.tool(), release);
        run("images", compose.prepareImages(environment.directory(), builds, images, always));
    }

    private boolean isBuilt(ComposeInfo.Service service) {
        return environment.compose().build() && carrier.builds(service);
    }

    /** Gives images back the names that compose has for them. Returns the services whose images are gone. */
    List<String> rename(List<Docker.Renaming> images) throws InterruptedException {
        return run("images", Docker.rename(images)).value("gone").lines().toList();
    }

    /** Returns what images of some names are now. */
    List<Revision> revisions(List<String> names) throws InterruptedException {
        return run("look at images", Docker.revisions(names))
                .value("images")
                .lines()
                .map(line -> line.split("\\|", 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> new Revision(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Returns the digests by which the registries know images, with their repositories; see {@link Docker#digests}. */
    List<String> digests(Collection<String> images) throws InterruptedException {
        return images.isEmpty()
                ? List.of()
                : run("look at images", Docker.digests(images))
                        .value("digests")
                        .lines()
                        .filter(line -> line.contains("@"))
                        .distinct()
                        .toList();
    }

    /**
     * An image as it says itself what it is.
     *
     * @param commit what its label for that says; may be empty, and anything
     */
    record Revision(String name, String id, String commit) {}

    /** Returns the last journal entries about a commit. */
    List<JournalEntry> entriesOf(String sha) throws InterruptedException {
        return JournalEntry.parseAll(
                run("look", StateFiles.find(state(), sha).text()).value("journalOfSha"));
    }

    /** Runs a migration command in a one-off container of a release. */
    void migrate(String tool, Release release, MigrateSettings migrate, String command, boolean servicesRun)
            throws InterruptedException {
        Compose compose = carrier.compose(tool, release);
        run("migrate", compose.runOnce(environment.directory(), migrate.service(), command, servicesRun));
    }

    /**
     * Runs the rollback command of the migration. The same script writes down that it has: whoever goes on after a cut must
     * not take the schema back twice.
     */
    void takeSchemaBack(
            String tool,
            Release release,
            MigrateSettings migrate,
            String command,
            boolean servicesRun,
            JournalEntry done)
            throws InterruptedException {
        Compose compose = carrier.compose(tool, release);
        run(
                "migrate",
                compose.runOnce(environment.directory(), migrate.service(), command, servicesRun) + "\n"
                        + StateFiles.append(state(), done.toJson()).text());
    }

    /** Brings up what the compose files say. Returns what the old containers ran. */
    ContainerImages up(String tool, Release release, List<Container> old, Scope scope) throws InterruptedException {
        List<String> ids = old.stream().map(Container::id).toList();
        String up = carrier.compose(tool, release)
                .up(
                        environment.directory(),
                        ids,
                        scope.names(),
                        environment.compose().build());
        ScriptResult result = run("compose up", up);
        return ContainerImages.of(old, result.value("images"));
    }

    /** Returns the time of Docker's machine. */
    String now() throws InterruptedException {
        return run("look at the time", ContainerReports.now()).value(ContainerReports.NOW);
    }

    /** Returns what looks after containers that were brought up. */
    Arrival arrival(List<Container> containers, Progress progress) {
        return new Arrival(environment, this::run, progress, containers);
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
    void restart(List<Container> containers, ComposeInfo info, Release release) throws InterruptedException {
        List<List<String>> groups = info.restartOrder().stream()
                .map(services -> idsOf(containers, services))
                .filter(group -> !group.isEmpty())
                .toList();
        run(
                "restart",
                groups.isEmpty()
                        ? carrier.compose(info.tool(), release).restart(environment.directory())
                        : Docker.restart(groups));
    }

    private static List<String> idsOf(List<Container> containers, Set<String> services) {
        return containers.stream()
                .filter(container -> services.contains(container.service()))
                .map(Container::id)
                .toList();
    }

    /** Appends an entry to the journal, keeps the live release from being pruned, and notes what is known of compose. */
    void record(JournalEntry entry, Release live, Optional<ComposeInfo> compose) throws InterruptedException {
        Script script = StateFiles.append(state(), entry.toJson());
        script = keep(script, "live", live);
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
    void validate(Release release, JournalEntry entry) throws InterruptedException {
        Script script = StateFiles.append(StateFiles.validate(state(), release.sha()), entry.toJson());
        run("validate", keep(script, "validated", release).text());
    }

    private Script keep(Script script, String name, Release release) {
        return Docker.keep(
                carrier.keep(script, name, release),
                environment.name(),
                name,
                release.images().idsByService());
    }

    /** Returns whether a release came after another one: {@code yes}, {@code no} or {@code unknown}. */
    String descends(String ancestor, String sha) throws InterruptedException {
        return run("compare", carrier.descends(ancestor, sha)).value("descends");
    }

    /**
     * Looks at what only people want to know: reports as {@code locked} who holds the lock, empty when nobody does, and
     * what {@link ReleaseComparison} reads.
     *
     * @param validated the SHA of the last validated release; may be empty
     * @param named the full SHAs of all releases that people want to know of, the live one among them
     */
    ScriptResult lookCloser(String live, String validated, Collection<String> named) throws InterruptedException {
        Script lock = StateFiles.lookAtLock(state().set("DIR", environment.directory()));
        return run("look closer", carrier.compare(lock, live, validated, named).text());
    }

    private Script state() {
        return StateFiles.with(environment.name(), environment.stateFile());
    }

    ScriptResult run(String name, String script) throws InterruptedException {
        return run(name, script, environment.commandTimeout());
    }

    ScriptResult run(String name, String script, Duration deadline) throws InterruptedException {
        ScriptResult result;
        try {
            result = shell.run(name, loan.setting() + script, deadline);
        } catch (ConnectionLostException | InterruptedException e) {
            mayHoldLock = false;
            throw e;
        }
        if (!result.succeeded()) {
            throw HostProblem.explain(environment, name, result);
        }
        return result;
    }

    /** Takes secrets back, lets go of the lock, of the note of who holds it, and of the connection; one that is gone leaves the note. */
    @Override
    public void close() {
        try {
            if (mayHoldLock) {
                loan.takeBack(RELEASE_DEADLINE);
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

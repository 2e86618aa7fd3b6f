package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.DockerBuild;
import io.jenkins.plugins.deployfirst.engine.command.DockerConfig;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.command.SshAgent;
import io.jenkins.plugins.deployfirst.engine.command.Submodules;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.workspace.Phase;
import io.jenkins.plugins.deployfirst.engine.workspace.WorkspaceProblem;
import io.jenkins.plugins.deployfirst.engine.workspace.WorkspaceSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Builds the images of a checkout side by side and, when all are built, pushes them. */
public final class BuildImagesFlow {
    private static final Duration BRIEF = Duration.ofMinutes(2);

    private final BuildImagesRequest request;
    private final Progress progress;

    public BuildImagesFlow(BuildImagesRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Does it. Whatever the end, the login, the SSH agent and its key are gone afterwards.
     *
     * @throws DeployFirstException when an image cannot be built or pushed; before all are built, none is pushed
     * @throws InterruptedException when it was aborted; what ran has been ended
     */
    public BuildImagesResult run() throws InterruptedException {
        long start = System.nanoTime();
        warnOfSecrets();
        try (WorkspaceSession session = WorkspaceSession.open(request.workspace(), progress, this::cleaning)) {
            Checkout checkout = look(session);
            List<PlannedImage> planned = checkout.plan();
            logIn(session);
            bringSubmodules(session);
            List<BuiltImage> images = build(planned, checkout.hasBuildKit(), session);
            List<BuiltImage> done = request.push() ? push(images, session) : images;
            String sha = checkout.sha().map(CommitSha::value).orElse("");
            return new BuildImagesResult(sha, done, (System.nanoTime() - start) / 1_000_000);
        }
    }

    private void warnOfSecrets() {
        for (ImageSettings image : request.images()) {
            for (String name : image.secretLooking()) {
                progress.warn("images." + image.name() + ".buildArgs." + name
                        + ": a build argument is no place for a secret: whoever has the image can read it in its history."
                        + " Mount it in the Dockerfile (RUN --mount=type=secret or type=ssh).");
            }
        }
    }

    private String cleaning(String scratch) {
        Script stopped = SshAgent.stop(new Script(""));
        return login().map(registry -> DockerConfig.logout(stopped, config(scratch), registry))
                .orElse(stopped)
                .text();
    }

    private Optional<Registry> login() {
        return request.registry().filter(Registry::hasLogin);
    }

    private static String config(String scratch) {
        return scratch + "/docker";
    }

    private Checkout look(WorkspaceSession session) throws InterruptedException {
        List<Map.Entry<String, String>> places = request.images().stream()
                .map(image -> Map.entry(image.context(), image.dockerfile().orElse("")))
                .toList();
        String script = DockerBuild.look(request.workspace().directory(), places);
        return new Checkout(request, session.run("look at the workspace", script, BRIEF), progress);
    }

    private void logIn(WorkspaceSession session) throws InterruptedException {
        if (login().isPresent()) {
            String script = DockerConfig.login(config(session.scratch()), login().get());
            Phase.run(progress, "log in to " + login().get().describe(), () -> session.run("log in", script, BRIEF));
        }
    }

    private void bringSubmodules(WorkspaceSession session) throws InterruptedException {
        if (request.submodules().isEmpty()) {
            return;
        }
        SubmoduleSettings settings = request.submodules().get();
        Phase.run(progress, "submodules", () -> {
            if (settings.key().isPresent()) {
                SshLogin.PrivateKey key = settings.key().get();
                String text = new String(key.content(), StandardCharsets.UTF_8);
                session.run(
                        "start the SSH agent",
                        SshAgent.start(session.scratch(), text, key.passphrase().orElse("")),
                        BRIEF);
            }
            boolean own = !settings.knownHosts().isBlank();
            if (own) {
                session.run("known hosts", SshAgent.writeKnownHosts(session.scratch(), settings.knownHosts()), BRIEF);
            }
            Script script = SshAgent.git(
                    begin(session),
                    session.scratch(),
                    settings.key().isPresent(),
                    own,
                    settings.policy() == HostKeys.Policy.ACCEPT_NEW);
            return session.run("submodules", Submodules.update(script), request.timeout());
        });
    }

    private boolean hasAgent() {
        return request.submodules().flatMap(SubmoduleSettings::key).isPresent();
    }

    /** Begins a script in the workspace that finds the login and the SSH agent. */
    private Script begin(WorkspaceSession session) {
        Script script = Script.in(request.workspace().directory());
        script = hasAgent() ? SshAgent.use(script, session.scratch()) : script;
        return login().isPresent() ? DockerConfig.use(script, config(session.scratch())) : script;
    }

    private List<BuiltImage> build(List<PlannedImage> images, boolean buildKit, WorkspaceSession session)
            throws InterruptedException {
        progress.info("Building " + images.size() + (images.size() == 1 ? " image" : " images") + " with "
                + (buildKit ? "BuildKit" : "the classic builder") + ".");
        List<Callable<BuiltImage>> tasks = new ArrayList<>();
        for (PlannedImage image : images) {
            String idFile = session.scratch() + "/" + image.number() + ".id";
            String script = image.build().script(begin(session), buildKit, hasAgent(), idFile);
            tasks.add(() -> Phase.run(
                    progress,
                    "build " + image.name(),
                    () -> image.built(runFor(image.name(), "build", script, session)
                            .value("id")
                            .strip())));
        }
        return SideBySide.run(tasks, request.concurrency());
    }

    private List<BuiltImage> push(List<BuiltImage> images, WorkspaceSession session) throws InterruptedException {
        List<Callable<BuiltImage>> tasks = new ArrayList<>();
        for (BuiltImage image : images) {
            tasks.add(() -> Phase.run(progress, "push " + image.name(), () -> push(image, session)));
        }
        return SideBySide.run(tasks, request.concurrency());
    }

    private BuiltImage push(BuiltImage image, WorkspaceSession session) throws InterruptedException {
        String digest = "";
        for (String tag : image.tags()) {
            String name = image.repository() + ":" + tag;
            String script = DockerBuild.push(begin(session), image.id(), name, session.scratch());
            digest = runFor(image.name(), "push", script, session)
                    .value("digest")
                    .strip();
        }
        return image.pushed(digest);
    }

    /** Runs a script in a shell of its own; the end of its output is shown again when it fails. */
    private ScriptResult runFor(String name, String action, String script, WorkspaceSession session)
            throws InterruptedException {
        try (HostShell shell = session.another(new NamedOutput(name, progress))) {
            ScriptResult result = shell.run(action + " " + name, script, request.timeout());
            if (!result.succeeded()) {
                progress.warn("The end of what the " + action + " of " + name + " printed:");
                result.tail().lines().forEach(line -> progress.output("[" + name + "] " + line));
                throw DeployFirstException.unchanged(
                        "The " + action + " of the image " + name + " " + WorkspaceProblem.ending(result) + ".",
                        action.equals("push")
                                ? "Check the registry's address, its login and the image's name; what was pushed so far stays."
                                : "See the end of its output above; nothing was pushed.");
            }
            return result;
        }
    }
}

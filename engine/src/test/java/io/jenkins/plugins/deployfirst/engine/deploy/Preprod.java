package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An environment on a real host over SSH, and everything that its flows tell. */
final class Preprod implements AutoCloseable, Progress {
    final Stack stack;
    final SshServer server;
    /** What was told to people who look on, warnings too. */
    final List<String> lines = new CopyOnWriteArrayList<>();
    /** What commands on the host printed. */
    final List<String> output = new CopyOnWriteArrayList<>();
    /** What was sent to people. */
    final List<Message> messages = new CopyOnWriteArrayList<>();

    /** Hears of each phase that starts. */
    Consumer<String> atPhase = phase -> {};

    Optional<CiServer> ciServer = Optional.empty();
    List<Notifier> notifiers = List.of(message -> {
        messages.add(message);
        return CompletableFuture.completedFuture(null);
    });

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService worker = Executors.newCachedThreadPool();

    private Preprod(Stack stack, SshServer server) {
        this.stack = stack;
        this.server = server;
    }

    /** Sets it up in a directory of its own, with a first release running. */
    static Preprod start(Path root) {
        Stack stack = Stack.start(root).withStateFolder();
        return new Preprod(stack, SshServer.start(root.resolve("sshd"), stack.home()));
    }

    /** Puts the first release back into origin and checkout, and has the host forget everything. */
    void startAnew() {
        stack.startAnew();
        ciServer = Optional.empty();
        atPhase = phase -> {};
        notifiers = List.of(message -> {
            messages.add(message);
            return CompletableFuture.completedFuture(null);
        });
        lines.clear();
        output.clear();
        messages.clear();
    }

    String first() {
        return stack.first();
    }

    Environment environment() {
        return stack.environment(server.settings());
    }

    Environment with(Consumer<EnvironmentBuilder> difference) {
        EnvironmentBuilder builder = new EnvironmentBuilder(environment());
        difference.accept(builder);
        return builder.build();
    }

    EnvironmentFlows flows() {
        return flows(environment());
    }

    EnvironmentFlows flows(Environment environment) {
        return new EnvironmentFlows(environment, context());
    }

    /** Returns the flows with pauses of their own before they connect again. */
    EnvironmentFlows flows(Environment environment, List<Duration> reconnects) {
        return new EnvironmentFlows(environment, context(), reconnects);
    }

    FlowContext context() {
        return new FlowContext(
                this,
                ciServer,
                notifiers,
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build(),
                "grace",
                "https://ci.example.com/42",
                timer,
                worker);
    }

    DeployResult deploy(String sha) throws InterruptedException {
        return deploy(environment(), sha);
    }

    DeployResult deploy(Environment environment, String sha) throws InterruptedException {
        return flows(environment).deploy(new DeployRequest(new CommitSha(sha), false));
    }

    /** Leaves the host as after a deployment that went well, but for its containers, which take the most time. */
    void makeLive(String sha) {
        host("git fetch -q");
        String line = "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"%s\",\"sha\":\"" + sha + "\",\"previousSha\":\""
                + stack.live() + "\"}\n";
        String before = Tool.read(stack.journal());
        Tool.write(
                stack.journal(),
                (before.isEmpty() ? "" : before + "\n")
                        + line.formatted("deploy.started")
                        + line.formatted("deploy.succeeded"));
        host("git reset -q --hard " + sha);
    }

    List<JournalEntry> journal() {
        return JournalEntry.parseAll(Tool.read(stack.journal()));
    }

    List<String> events() {
        return journal().stream().map(entry -> entry.get("event")).toList();
    }

    JournalEntry lastEntry() {
        List<JournalEntry> entries = journal();
        return entries.get(entries.size() - 1);
    }

    /** Returns who holds the lock, and has not let go of it. */
    String holder() {
        return Tool.read(stack.stateDirectory().resolve("holder"));
    }

    /** Returns whether nobody holds the lock. */
    boolean isFree() {
        return stack.isFree();
    }

    List<String> saved() {
        String files = Tool.run(stack.stateDirectory(), "sh", "-c", "find saved -type f | sort");
        return files.lines()
                .map(line -> stack.stateDirectory().resolve(line).toString())
                .toList();
    }

    String host(String command) {
        return Tool.run(stack.checkout(), "sh", "-c", command);
    }

    /** Returns what tells whether a container was started anew. */
    String startedAt(String service) {
        return host("docker inspect --format '{{.Id}} {{.State.StartedAt}}' " + stack.container(service));
    }

    static List<String> names(List<DeployResult.Phase> phases) {
        return phases.stream().map(DeployResult.Phase::name).toList();
    }

    /** Commits a changed compose file on main. */
    String commitCompose(UnaryOperator<String> change) {
        String file = Tool.read(stack.work().resolve("docker-compose.yml")) + "\n";
        return stack.commit("Change the compose file", java.util.Map.of("docker-compose.yml", change.apply(file)));
    }

    @Override
    public void phaseStarted(String phase) {
        atPhase.accept(phase);
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String line) {
        lines.add(line);
    }

    @Override
    public void output(String line) {
        output.add(line);
    }

    String told() {
        return String.join("\n", new ArrayList<>(lines));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        worker.shutdownNow();
        server.close();
        stack.close();
    }
}

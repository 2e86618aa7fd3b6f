package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A deployment in a JVM of its own, which can be killed; it is told everything by its arguments. */
final class ChildDeployment implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ChildDeployment(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one of a release, with a migration where the command is not empty. */
    static ChildDeployment start(Preprod preprod, String by, String sha, String migration) throws Exception {
        Path log = preprod.server.directory().resolve(by + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildDeployment.class.getName(),
                preprod.server.settings().describe(),
                preprod.server.clientKey().toString(),
                preprod.server.knownHosts(preprod.server.port()),
                preprod.stack.name(),
                preprod.stack.project(),
                preprod.stack.checkout().toString(),
                by,
                sha,
                migration));
        return new ChildDeployment(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Deploys, and prints each phase, each line, and the outcome. */
    public static void main(String[] arguments) throws InterruptedException {
        Progress progress = new Progress() {
            @Override
            public void phaseStarted(String phase) {
                System.out.println("phase " + phase);
            }

            @Override
            public void warn(String line) {
                System.out.println(line);
            }

            @Override
            public void output(String line) {
                System.out.println(line);
            }
        };
        FlowContext context = new FlowContext(
                progress,
                Optional.empty(),
                List.of(),
                HttpClient.newHttpClient(),
                arguments[6],
                "",
                Executors.newScheduledThreadPool(1),
                Runnable::run);
        DeployRequest request = new DeployRequest(new CommitSha(arguments[7]), false);
        System.out.println("outcome "
                + new EnvironmentFlows(environment(arguments), context)
                        .deploy(request)
                        .outcome());
        System.exit(0);
    }

    private static Environment environment(String[] arguments) {
        HostSettings host = new HostSettings.Ssh(
                Endpoint.parse("address", arguments[0]),
                SshServer.privateKey(Path.of(arguments[1]), Optional.empty()),
                new HostKeys(arguments[2], Optional.empty(), HostKeys.Policy.STRICT),
                Optional.empty());
        GateTiming timing = new GateTiming(Duration.ofSeconds(2), 2, Duration.ofMillis(300), Duration.ofSeconds(5));
        return new Environment(
                arguments[3],
                host,
                arguments[5],
                new ComposeSettings(
                        List.of("docker-compose.yml"), Optional.of(arguments[4]), ComposeSettings.Action.RESTART),
                Optional.of(arguments[8])
                        .filter(command -> !command.isEmpty())
                        .map(command -> new MigrateSettings("worker", command, Optional.empty())),
                new HealthSettings(Optional.empty(), false, List.of(), Optional.empty(), timing),
                new CiRules(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        List.of(),
                        List.of(),
                        CiRules.OnNoVerdict.KEEP,
                        CiRules.OnNoVerdict.KEEP),
                Optional.empty(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Environment.DEFAULT_REMOTE);
    }

    boolean printed(String text) {
        return Tool.read(log).contains(text);
    }

    String log() {
        return Tool.read(log);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    void waitFor() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}

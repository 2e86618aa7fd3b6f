package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.Host;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** This machine's own sshd as a child process, on a free port of loopback, with keys of its own. */
final class RealSshServer implements SshServer {
    /**
     * Ends sshd when this process is gone, however it ended: then its input ends, and cat with it. In a session of its own,
     * or Ctrl-C would end it before the flow that uses it.
     */
    private static final String LEASH = "\"$@\" </dev/null & server=$!; cat >/dev/null; kill \"$server\"";

    private static final Duration START = Duration.ofSeconds(10);

    private final Path program;
    private final Path folder;
    private final int port = FreePort.find();
    private final String user = System.getProperty("user.name");
    private Process process;

    private RealSshServer(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Starts it and logs in once.
     *
     * @param variables those of every command on the host
     * @throws NotHereException when there is none, or it lets this user not in
     */
    static RealSshServer start(Programs programs, Places places, Map<String, String> variables)
            throws NotHereException, InterruptedException {
        Path program = programs.find("sshd").orElseThrow(() -> new NotHereException("sshd is not installed"));
        if (programs.find("ssh-keygen").isEmpty()) {
            throw new NotHereException("ssh-keygen is not installed");
        }
        RealSshServer server = new RealSshServer(program, places.ssh());
        try {
            server.makeKeys(programs);
            server.configure(programs, variables);
            server.launch();
            server.logIn();
            return server;
        } catch (NotHereException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void makeKeys(Programs programs) throws InterruptedException {
        for (String name : new String[] {"host", "client"}) {
            programs.run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "demo", "-f", name);
        }
        String[] key = Places.read(folder.resolve("host.pub")).split(" ");
        Places.write(knownHosts(), "[127.0.0.1]:" + port + " " + key[0] + " " + key[1] + "\n");
    }

    private void configure(Programs programs, Map<String, String> variables)
            throws NotHereException, InterruptedException {
        // One line, because sshd takes the first one only.
        String setEnv = variables.entrySet().stream()
                .map(variable -> quoted(variable.getKey() + "=" + variable.getValue()))
                .collect(Collectors.joining(" "));
        Places.write(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + quoted(folder.resolve("host").toString()),
                        "AuthorizedKeysFile "
                                + quoted(folder.resolve("client.pub").toString()),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "SetEnv " + setEnv,
                        ""));
        // Started by root, sshd insists on this folder, which only a service manager makes otherwise.
        programs.tryRun(folder, "sh", "-c", "[ \"$(id -u)\" != 0 ] || mkdir -p /run/sshd");
        Programs.Result test = programs.tryRun(folder, program.toString(), "-t", "-f", folder + "/sshd_config");
        if (!test.succeeded()) {
            throw new NotHereException("sshd refuses to start (" + test.lastLine() + ")");
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private void launch() throws NotHereException, InterruptedException {
        try {
            process = new ProcessBuilder(
                            "setsid",
                            "sh",
                            "-c",
                            LEASH,
                            "sh",
                            program.toString(),
                            "-D",
                            "-e",
                            "-f",
                            folder + "/sshd_config")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sshd.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new NotHereException("sshd cannot be started (" + e.getMessage() + ")");
        }
        long giveUp = System.nanoTime() + START.toNanos();
        while (!FreePort.answers(port)) {
            if (System.nanoTime() > giveUp) {
                throw new NotHereException("sshd does not answer within " + START.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The account may be locked, or have no shell: better known now than in the middle of the story. */
    private void logIn() throws NotHereException, InterruptedException {
        try {
            HostSettings settings = new HostSettings.Ssh(
                    Endpoint.parse("address", address()),
                    new SshLogin.PrivateKey("client", Files.readAllBytes(identity()), Optional.empty()),
                    new HostKeys("", Optional.of(knownHosts()), HostKeys.Policy.STRICT),
                    Optional.empty());
            try (HostShell shell = Host.of(settings).open(Progress.NONE)) {
                shell.run("log in", "exit 0", START);
            }
        } catch (IOException e) {
            throw Places.failure("cannot read " + identity(), e);
        } catch (DeployFirstException refusal) {
            throw new NotHereException("sshd does not let this user in (" + refusal.getMessage() + ")");
        }
    }

    @Override
    public String description() {
        return "real: " + program + " on " + address() + ", with keys of its own";
    }

    @Override
    public String address() {
        return user + "@127.0.0.1:" + port;
    }

    @Override
    public Path identity() {
        return folder.resolve("client");
    }

    @Override
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}

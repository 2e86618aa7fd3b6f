package io.jenkins.plugins.deployfirst.engine.testing;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A real OpenSSH server on a port of its own on loopback, with keys of its own. */
public final class SshServer implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    private SshServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a server.
     *
     * @param directory takes its keys and its log
     * @param home what {@code ~} is for those who log in
     */
    public static SshServer start(Path directory, Path home) {
        return start(directory, home, System.getenv("PATH"));
    }

    /** Starts a server whose sessions find programs only in the folders of this path. */
    public static SshServer start(Path directory, Path home, String path) {
        return start(directory, home, path, "");
    }

    /** Starts a server with one more line of configuration. */
    public static SshServer configured(Path directory, Path home, String line) {
        return start(directory, home, System.getenv("PATH"), line);
    }

    private static SshServer start(Path directory, Path home, String path, String line) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(home);
            int port = Ports.free();
            key(directory.resolve("host"), "ed25519", "");
            key(directory.resolve("client"), "ed25519", "");
            Files.copy(directory.resolve("client.pub"), directory.resolve("authorized_keys"));
            Tool.write(
                    directory.resolve("sshd_config"),
                    String.join(
                            "\n",
                            line,
                            "Port " + port,
                            "ListenAddress 127.0.0.1",
                            "HostKey " + directory.resolve("host"),
                            "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                            "PidFile none",
                            "StrictModes no",
                            "UsePAM no",
                            "PasswordAuthentication no",
                            "MaxStartups 200",
                            "SetEnv HOME=" + home + " PATH=" + path,
                            ""));
            Tool.run(directory, "sh", "-c", "[ \"$(id -u)\" != 0 ] || mkdir -p /run/sshd");
            SshServer server = new SshServer(directory, port);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #close}, with the keys and the port that it had; nothing happens when it runs. */
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            process = new ProcessBuilder(
                            sshd(),
                            "-D",
                            "-e",
                            "-f",
                            directory.resolve("sshd_config").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(directory.resolve("sshd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().ignoreExceptions().until(() -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            }
        });
    }

    private static String sshd() {
        return Files.exists(Path.of("/usr/sbin/sshd")) ? "/usr/sbin/sshd" : "/usr/bin/sshd";
    }

    /** Makes a key pair {@code file} and {@code file.pub}. */
    public static void key(Path file, String type, String passphrase) {
        Tool.run(
                file.getParent(),
                "ssh-keygen",
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-C",
                "test",
                "-f",
                file.toString());
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    /** Returns the private key that may log in. */
    public Path clientKey() {
        return directory.resolve("client");
    }

    /** Returns how many connections are open. */
    public long connections() {
        return process.children().count();
    }

    /** Lets another key log in. */
    public void authorize(Path publicKey) {
        Tool.write(
                directory.resolve("authorized_keys"),
                Tool.read(directory.resolve("authorized_keys")) + "\n" + Tool.read(publicKey) + "\n");
    }

    /** Returns the line of known_hosts that names this server's key for a port, its own or that of a proxy before it. */
    public String knownHosts(int atPort) {
        String[] key = Tool.read(directory.resolve("host.pub")).split(" ");
        return "[127.0.0.1]:" + atPort + " " + key[0] + " " + key[1];
    }

    /** Returns the settings of a client that may log in and knows the server. */
    public HostSettings.Ssh settings() {
        return settings(port);
    }

    /** Returns the settings for a port, such as that of a proxy before the server. */
    public HostSettings.Ssh settings(int atPort) {
        return new HostSettings.Ssh(
                new Endpoint(System.getProperty("user.name"), "127.0.0.1", atPort),
                privateKey(clientKey(), Optional.empty()),
                new HostKeys(knownHosts(atPort), Optional.empty(), HostKeys.Policy.STRICT),
                Optional.empty());
    }

    /** Returns a login by a key file. */
    public static SshLogin.PrivateKey privateKey(Path file, Optional<String> passphrase) {
        try {
            return new SshLogin.PrivateKey(file.getFileName().toString(), Files.readAllBytes(file), passphrase);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server and every connection to it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}

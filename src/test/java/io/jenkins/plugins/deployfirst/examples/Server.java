package io.jenkins.plugins.deployfirst.examples;

import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that is deployed to over SSH, with a home of the deploying user and a key that only Jenkins has. */
final class Server implements AutoCloseable {
    private final Path root;
    private final SshServer ssh;

    private Server(Path root, SshServer ssh) {
        this.root = root;
        this.ssh = ssh;
    }

    /** Starts it, and gives Jenkins the key as a credential. */
    static Server start(Path folder, String credentialsId) throws IOException {
        Path root = folder.resolve(credentialsId);
        Tool.run(folder, "mkdir", "-p", root.toString());
        Server server = new Server(root, SshServer.start(root.resolve("sshd"), root.resolve("home")));
        Credentials.key(credentialsId, user(), "", server.key() + "\n");
        return server;
    }

    /** Returns a directory of it that is deployed to. */
    Site site(String environment, String directory) {
        return new Site(environment, root.resolve("srv").resolve(directory), root.resolve("home"));
    }

    /** Returns the variables of jenkins.yaml that lead to it: NAME_ADDRESS and NAME_KNOWN_HOSTS. */
    Map<String, String> values(String name) {
        return Map.of(
                name + "_ADDRESS",
                user() + "@127.0.0.1:" + ssh.port(),
                name + "_KNOWN_HOSTS",
                ssh.knownHosts(ssh.port()));
    }

    int port() {
        return ssh.port();
    }

    /** Returns what nobody may see who looks at a build. */
    List<String> secrets() {
        return List.of("OPENSSH PRIVATE KEY", key().lines().skip(1).findFirst().orElseThrow());
    }

    private String key() {
        return Tool.read(ssh.clientKey());
    }

    static String user() {
        return System.getProperty("user.name");
    }

    @Override
    public void close() {
        ssh.close();
    }
}

package io.jenkins.plugins.deployfirst.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;

/** Takes the place of sshd: Apache MINA SSHD in this process, which runs commands by this machine's sh. */
final class EmbeddedSshServer implements SshServer {
    private static final String USER = "deploy";

    private final org.apache.sshd.server.SshServer server = org.apache.sshd.server.SshServer.setUpDefaultServer();
    private final Path folder;
    private final String reason;

    private EmbeddedSshServer(Path folder, String reason) {
        this.folder = folder;
        this.reason = reason;
    }

    /**
     * Starts it.
     *
     * @param variables those of every command on the host, beside this process's own
     * @param reason why sshd itself is not used, after "because"
     */
    static EmbeddedSshServer start(Places places, Map<String, String> variables, String reason) {
        EmbeddedSshServer embedded = new EmbeddedSshServer(places.ssh(), reason);
        try {
            embedded.listen(variables);
            return embedded;
        } catch (IOException | GeneralSecurityException e) {
            throw Places.failure("cannot start the embedded SSH server", new IOException(e));
        }
    }

    private void listen(Map<String, String> variables) throws IOException, GeneralSecurityException {
        KeyPair host = key();
        KeyPair client = key();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, client.getPublic()));
        server.setCommandFactory((channel, command) -> new InvertedShellWrapper(new Shell(command, variables)));
        server.start();
        try (OutputStream file = Files.newOutputStream(identity())) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    client, "demo", (OpenSSHKeyEncryptionContext) null, file);
        }
        Places.write(
                knownHosts(),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    @Override
    public String description() {
        return "stand-in: Apache MINA SSHD in this process on " + address() + ", because " + reason;
    }

    @Override
    public String address() {
        return USER + "@127.0.0.1:" + server.getPort();
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
    public void close() throws IOException {
        server.stop(true);
    }

    /** A command line as a login shell gets it. */
    private static final class Shell extends ProcessShell {
        private final Map<String, String> variables;

        Shell(String command, Map<String, String> variables) {
            super("sh", "-c", command);
            this.variables = variables;
        }

        @Override
        protected Map<String, String> resolveShellEnvironment(Map<String, String> fromClient) {
            return variables;
        }
    }
}

package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code host:}: {@code local}, or how to reach and prove a host over SSH. */
final class HostReader {
    static final KnownKeys HOST = KnownKeys.of("ssh");
    static final KnownKeys SSH = KnownKeys.of(
                    "address",
                    "identityFile",
                    "passphraseEnv",
                    "passwordEnv",
                    "knownHostsFile",
                    "knownHosts",
                    "hostKey",
                    "maskAddress",
                    "jump")
            .jenkinsOnly(
                    "credentialsId",
                    "Here, name the key's file with identityFile, or the variable that holds the password with"
                            + " passwordEnv.");

    private final LocalFiles files;

    HostReader(LocalFiles files) {
        this.files = files;
    }

    HostDefinition read(YamlValue host) {
        if (host.isText("local")) {
            return variables -> new HostSettings.Local();
        }
        if (host.isScalar()) {
            throw host.place()
                    .wrong(
                            YamlValue.shown(host.text()) + " is not allowed.",
                            "Write local, or ssh: with an address below it.");
        }
        SshDefinition ssh = ssh(host.section(HOST).require("ssh", "ssh: { address: deploy@preprod.example.com }"));
        return ssh::resolve;
    }

    private SshDefinition ssh(YamlValue value) {
        YamlSection ssh = value.section(SSH);
        YamlValue address = ssh.require("address", "address: deploy@preprod.example.com:22");
        return new SshDefinition(
                Endpoint.parse(address.place().field(), address.text()),
                login(ssh),
                hostKeys(ssh),
                ssh.get("jump").map(this::ssh),
                ssh.get("maskAddress").map(YamlValue::yes).orElse(false));
    }

    private LoginDefinition login(YamlSection ssh) {
        if (ssh.has("identityFile") == ssh.has("passwordEnv")) {
            throw ssh.has("identityFile")
                    ? ssh.place().wrong("has both identityFile and passwordEnv.", "Keep one of them.")
                    : ssh.missing("identityFile", "identityFile: ~/.ssh/id_ed25519 (or passwordEnv: SSH_PASSWORD)");
        }
        Optional<Variable> passphrase = ssh.get("passphraseEnv").map(Variable::of);
        if (ssh.has("identityFile")) {
            YamlValue identity = ssh.require("identityFile", "");
            return variables -> new SshLogin.PrivateKey(
                    identity.text(), files.privateKey(identity), passphrase.map(variable -> variable.value(variables)));
        }
        passphrase.ifPresent(variable -> {
            throw variable.place().wrong("belongs to an identityFile.", "Remove it, or log in with a key.");
        });
        Variable password = Variable.of(ssh.require("passwordEnv", ""));
        return variables -> new SshLogin.Password(password.name(), password.value(variables));
    }

    private HostKeys hostKeys(YamlSection ssh) {
        String lines = ssh.text("knownHosts").orElse("");
        HostKeys.Policy policy = ssh.get("hostKey")
                .map(value -> value.oneOf(HostKeys.Policy.class))
                .orElse(HostKeys.Policy.STRICT);
        boolean acceptNew = policy == HostKeys.Policy.ACCEPT_NEW;
        Optional<Path> file = ssh.get("knownHostsFile").map(value -> knownHostsFile(value, acceptNew));
        if (file.isEmpty() && (lines.isEmpty() || acceptNew)) {
            file = Optional.of(files.home().resolve(".ssh").resolve("known_hosts"));
        }
        return new HostKeys(lines, file, policy);
    }

    private Path knownHostsFile(YamlValue value, boolean mayBeMissing) {
        Path file = files.resolve(value.text());
        if (Files.isDirectory(file) || (!mayBeMissing && !Files.isReadable(file))) {
            throw value.place()
                    .wrong(
                            YamlValue.shown(value.text()) + " is not a file that can be read.",
                            "Name a known_hosts file; ssh-keyscan -H HOST prints its lines, whose fingerprint to compare.");
        }
        return file;
    }

    private interface LoginDefinition {
        SshLogin resolve(Map<String, String> variables);
    }

    private record SshDefinition(
            Endpoint endpoint,
            LoginDefinition login,
            HostKeys hostKeys,
            Optional<SshDefinition> jump,
            boolean maskAddress) {
        HostSettings.Ssh resolve(Map<String, String> variables) {
            return resolve(variables, false);
        }

        /** Whoever keeps a host's address to himself keeps the way to it, too. */
        private HostSettings.Ssh resolve(Map<String, String> variables, boolean ofMasked) {
            boolean masked = maskAddress || ofMasked;
            return new HostSettings.Ssh(
                    endpoint,
                    login.resolve(variables),
                    hostKeys,
                    jump.map(host -> host.resolve(variables, masked)),
                    masked);
        }
    }
}

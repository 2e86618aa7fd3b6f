package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.nio.file.Path;
import java.util.Optional;

/** The known_hosts file of the machine that connects, which only that machine knows: the controller, or an agent. */
public final class KnownHostsFile {
    private KnownHostsFile() {}

    /**
     * Returns the environment with {@code ~/.ssh/known_hosts} of this process's user, as OpenSSH has it, where its host
     * keys are not all listed in the configuration: when none is listed, and when new ones are to be remembered.
     */
    public static Environment onThisMachine(Environment environment) {
        if (!(environment.host() instanceof HostSettings.Ssh ssh)) {
            return environment;
        }
        Path file = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
        return environment.on(with(ssh, file));
    }

    private static HostSettings.Ssh with(HostSettings.Ssh ssh, Path file) {
        HostKeys keys = ssh.hostKeys();
        boolean needed = keys.knownHosts().isBlank() || keys.policy() == HostKeys.Policy.ACCEPT_NEW;
        HostKeys settled = keys.file().isEmpty() && needed
                ? new HostKeys(keys.knownHosts(), Optional.of(file), keys.policy())
                : keys;
        return new HostSettings.Ssh(
                ssh.endpoint(), ssh.login(), settled, ssh.jump().map(jump -> with(jump, file)), ssh.maskAddress());
    }
}

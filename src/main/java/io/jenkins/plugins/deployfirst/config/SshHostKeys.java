package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import java.util.Optional;
import java.util.regex.Pattern;

/** The host keys that a definition knows, and what it does about others. */
final class SshHostKeys {
    /** Hosts, type and key, after an optional marker; see the <a href="https://man.openbsd.org/sshd.8">format</a>. */
    private static final Pattern LINE = Pattern.compile(
            "(@(cert-authority|revoked)\\s+)?\\S+\\s+[a-z][a-z0-9@.-]+\\s+[A-Za-z0-9+/]{40,}={0,3}(\\s.*)?");

    private SshHostKeys() {}

    /**
     * Reads them. The file is left open: it is that of the machine which connects, and that is not known here.
     *
     * @throws DeployFirstException (USAGE) when the policy is not known
     */
    static HostKeys of(String field, @CheckForNull String knownHosts, @CheckForNull String policy) {
        return new HostKeys(
                knownHosts == null ? "" : knownHosts,
                Optional.empty(),
                Words.parse(field, policy, HostKeys.Policy.class, HostKeys.Policy.STRICT));
    }

    /**
     * Checks the form of lines of known_hosts.
     *
     * @throws DeployFirstException (USAGE) when one has another form
     */
    static void checkLines(String field, String knownHosts) {
        knownHosts
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .filter(line -> !LINE.matcher(line).matches())
                .findFirst()
                .ifPresent(line -> {
                    throw DeployFirstException.usage(
                            field + ": \"" + OneLine.of(line, 60) + "\" is not a line of known_hosts.",
                            "Paste what ssh-keyscan prints, such as: preprod.example.com ssh-ed25519 AAAA…");
                });
    }
}

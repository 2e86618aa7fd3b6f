package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import java.time.Duration;

/**
 * Asks a URL from the host itself, for sites that only the host can reach; judges by the same rules as {@link HttpProbe}.
 *
 * <p>It carries no secrets. The script that asks reaches the host's shell through its standard input, which nobody else
 * sees; but curl and wget get the address as an argument, wget knows no other way for headers either, and every user of
 * the host can list the arguments of a running program.
 */
public final class HostHttpProbe implements Probe {
    private final HttpCheck check;
    private final HttpQuestion question;

    /**
     * Creates a probe.
     *
     * @param shell the flow's shell on the host, which needs curl or wget
     * @throws DeployFirstException (USAGE) as {@link #requireAskable} does
     */
    public HostHttpProbe(HostShell shell, HttpCheck check) {
        requireAskable(check);
        this.check = check;
        this.question = new HttpQuestion(check, new HostTransport(shell, check.asksForBody()));
    }

    /**
     * Refuses what a host cannot be asked, so that settings can be checked before anything is changed.
     *
     * @throws DeployFirstException (USAGE) when the check has headers or user information, which other users of the host
     *     could read, or asks for the certificate's days, which curl does not tell
     */
    public static void requireAskable(HttpCheck check) {
        String remedy = "Leave it out, or let the engine ask instead of the host.";
        if (!check.headers().isEmpty()) {
            throw DeployFirstException.usage(
                    "health.headers: would be visible to every user of the host that asks.", remedy);
        }
        if (check.url().getUserInfo() != null) {
            throw DeployFirstException.usage(
                    "health.url: its user and password would be visible to every user of the host that asks.", remedy);
        }
        if (check.certificateDays() > 0) {
            throw DeployFirstException.usage(
                    "health.certificateDays: " + check.certificateDays() + " cannot be checked from the host.", remedy);
        }
    }

    @Override
    public ProbeResult probe(Duration timeout) throws InterruptedException {
        return question.ask(timeout);
    }

    @Override
    public String describe() {
        return check.describe() + " from the host";
    }
}

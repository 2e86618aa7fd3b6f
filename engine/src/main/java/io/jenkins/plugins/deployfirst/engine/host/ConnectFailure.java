package io.jenkins.plugins.deployfirst.engine.host;

import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;

/** Turns what JSch says about a failed connection into a reason and a remedy. */
final class ConnectFailure {
    private ConnectFailure() {}

    /**
     * Explains a failure.
     *
     * @param brokeOff whether the connection has ended meanwhile
     */
    static DeployFirstException explain(
            HostSettings.Ssh settings, KeyChecker keys, Timing timing, boolean brokeOff, JSchException failure) {
        return switch (keys.answer()) {
            case UNKNOWN ->
                new UnknownHostKeyException(
                        settings.describe() + ": the host key is not known: " + keys.fingerprint() + ".",
                        "Compare it with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there); if it is the same, add it to "
                                + keys.source() + ": ssh-keyscan -p "
                                + settings.endpoint().port() + " "
                                + settings.mask(settings.endpoint().host()) + ".",
                        keys.line(),
                        failure);
            case CHANGED ->
                failure(
                        settings.describe() + ": the host key has changed: it is now " + keys.fingerprint() + ".",
                        "Someone may be in between. If the host was rebuilt, replace the lines of "
                                + settings.mask(keys.knownHostsName()) + " in " + keys.source() + ".",
                        failure);
            case REVOKED ->
                failure(
                        settings.describe() + ": the host key is revoked: " + keys.fingerprint() + ".",
                        "Someone may use a stolen key. Give the host a new key and add that to " + keys.source() + ".",
                        failure);
            case NOT_ASKED, ACCEPTED -> explain(settings, timing, brokeOff, failure);
        };
    }

    private static DeployFirstException explain(
            HostSettings.Ssh settings, Timing timing, boolean brokeOff, JSchException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return unreachable(settings, "its name is not known", failure);
            }
            if (cause instanceof SocketTimeoutException) {
                return noAnswer(settings, timing.connect(), failure);
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return unreachable(
                        settings,
                        settings.mask(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)),
                        failure);
            }
            if (cause instanceof IOException) {
                return closed(settings, failure);
            }
        }
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Auth ") || text.contains("authentication failures")) {
            return brokeOff ? closed(settings, failure) : refused(settings, failure);
        }
        if (text.contains("closed by foreign host")) {
            return closed(settings, failure);
        }
        return failure(
                settings.describe() + " cannot be reached: " + settings.mask(text) + ".",
                "Check the address, and that an SSH server answers there.",
                failure);
    }

    /** Explains that nothing came for this long. */
    static UnreachableException noAnswer(HostSettings.Ssh settings, Duration time, Exception failure) {
        return unreachable(settings, "no answer within " + DurationText.format(time), failure);
    }

    private static UnreachableException unreachable(HostSettings.Ssh settings, String reason, Exception failure) {
        return new UnreachableException(
                settings.describe() + " cannot be reached: " + reason + ".",
                "Check the address and port, and that sshd runs there and a firewall lets this machine in.",
                failure);
    }

    /** A busy sshd does so too (MaxStartups), and a network that breaks: it is worth another try. */
    private static ConnectionLostException closed(HostSettings.Ssh settings, Exception failure) {
        String through =
                settings.jump().map(jump -> " through " + jump.describe()).orElse("");
        return new ConnectionLostException(
                settings.describe() + " closed the connection" + through + " before the login: is it an SSH server?",
                failure);
    }

    private static DeployFirstException refused(HostSettings.Ssh settings, Exception failure) {
        return failure(
                settings.describe() + " refuses the " + settings.login() + " for user "
                        + settings.mask(settings.endpoint().user()) + ".",
                settings.login() instanceof SshLogin.PrivateKey
                        ? "Add its public key to ~/.ssh/authorized_keys of that user, or give the right key."
                        : "Give the right password, or log in by a key.",
                failure);
    }

    private static DeployFirstException failure(String problem, String remedy, Exception cause) {
        return new DeployFirstException(Outcome.FAILED_UNCHANGED, problem, remedy, cause);
    }
}

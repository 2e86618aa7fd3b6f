package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in words of the network why Java's HTTP client got no answer. */
final class HttpFailure {
    private static final int SHOWN = 160;

    private HttpFailure() {}

    /** Returns a failure whose message is one line for people. */
    static IOException explain(URI url, Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        return new IOException(message(url, causes), failure);
    }

    private static String message(URI url, List<Throwable> causes) {
        if (has(causes, UnresolvedAddressException.class)) {
            return "the host name " + url.getHost() + " cannot be resolved";
        }
        if (has(causes, HttpConnectTimeoutException.class)) {
            return "no connection in time";
        }
        if (has(causes, CertificateExpiredException.class)) {
            return "TLS failed: the certificate has expired (" + rootMessage(causes) + ")";
        }
        if (has(causes, SSLException.class)) {
            return "TLS failed: " + rootMessage(causes);
        }
        if (has(causes, ConnectException.class)) {
            return "no connection (" + rootMessage(causes) + ")";
        }
        if (causes.stream().anyMatch(HttpFailure::isSilentEnd)) {
            return "the connection was closed without an answer";
        }
        return "no whole answer (" + rootMessage(causes) + ")";
    }

    private static boolean isSilentEnd(Throwable cause) {
        return cause.getMessage() != null && cause.getMessage().contains("received no bytes");
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    /** The innermost message that says anything; the client wraps it in others that say less. */
    private static String rootMessage(List<Throwable> causes) {
        return causes.stream()
                .filter(cause ->
                        cause.getMessage() != null && !cause.getMessage().isBlank())
                .reduce((outer, inner) -> inner)
                .map(cause -> OneLine.of(cause.getMessage(), SHOWN))
                .orElseGet(() -> causes.get(causes.size() - 1).getClass().getSimpleName());
    }
}

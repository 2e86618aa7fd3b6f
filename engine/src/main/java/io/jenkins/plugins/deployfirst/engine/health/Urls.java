package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What HTTP and people need to know of an address. */
final class Urls {
    private static final int SHOWN = 200;

    /** What {@link URI} reads of an address without a scheme that has a port: a scheme, and the rest. */
    private static final Pattern PORT_AND_PATH = Pattern.compile("\\d{1,5}(?:/[^?@]*)?(?:\\?.*)?");
    /** A host and a port that {@link URI} does not take for one, such as {@code my_service:80}. */
    private static final Pattern PLAIN_AUTHORITY = Pattern.compile("[A-Za-z0-9._-]+(?::\\d*)?");

    private Urls() {}

    /** Returns whether it is an absolute http or https address with a host that HTTP can ask for. */
    static boolean isHttp(URI url) {
        return scheme(url).matches("https?") && url.getHost() != null && url.getPort() <= 65_535;
    }

    static boolean isHttps(URI url) {
        return scheme(url).equals("https");
    }

    /** Shows an address without what may be secret: the user information and the query's content. */
    static String withoutSecrets(URI url) {
        String scheme = url.getScheme() == null ? "" : scheme(url) + ":";
        if (url.isOpaque()) {
            return OneLine.of(scheme + (lacksScheme(url) ? beforeQuery(url.getRawSchemeSpecificPart()) : "…"), SHOWN);
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        // Without a host that can be told, anything before an @ may be a password.
        String shownPath = url.getHost() == null && path.contains("@") ? "…" : path;
        return OneLine.of(scheme + authority(url) + shownPath + (url.getRawQuery() == null ? "" : "?…"), SHOWN);
    }

    /** Returns whether somebody left out the scheme, as in {@code example.com/} or {@code localhost:8080}. */
    static boolean lacksScheme(URI url) {
        return url.getScheme() == null
                || url.isOpaque()
                        && PORT_AND_PATH.matcher(url.getRawSchemeSpecificPart()).matches();
    }

    private static String authority(URI url) {
        if (url.getHost() != null) {
            return "//" + hostAndPort(url);
        }
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return PLAIN_AUTHORITY.matcher(host).matches() ? "//" + host : "";
    }

    private static String beforeQuery(String text) {
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }

    /** Returns what is sent in a request: without user information and fragment, with a path. */
    static URI requestTarget(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(scheme(url) + "://" + hostAndPort(url) + path + query);
    }

    /** Returns whether both have the same scheme, host and port, <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454</a>. */
    static boolean sameOrigin(URI one, URI other) {
        return scheme(one).equals(scheme(other))
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    /** Returns the address that a redirect leads to; empty when the text is no reference to an HTTP address. */
    static Optional<URI> resolve(URI base, String location) {
        try {
            // java.net.URI follows the older RFC 2396, by which a mere query would lose the last part of the path.
            String reference = location.startsWith("?") ? base.getRawPath() + location : location;
            URI target = base.resolve(new URI(reference.strip()));
            return isHttp(target) ? Optional.of(target) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String scheme(URI url) {
        return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    }

    private static String hostAndPort(URI url) {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isHttps(url) ? 443 : 80;
    }
}

package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an HTTP answer must look like; what is empty is not asked for.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param url http or https; user information in it is sent as basic authentication
 * @param headers sent with the request, and never to another origin that a redirect leads to
 * @param status the statuses that pass, such as {@code 200} or {@code 2xx,301}; default {@code 200}
 * @param contains text that the body must contain
 * @param matches regular expression ({@link Pattern}) that must be found in the body
 * @param jsonPointer <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a> pointer to a field of the JSON body
 * @param jsonEquals what that field must be, as text; empty: it must exist and be neither false, null, 0 nor empty
 * @param certificateDays the TLS certificate must be valid for this many days yet; 0: just valid
 * @param maxLatency the whole answer must have come by then; zero: no limit but the timeout
 */
public record HttpCheck(
        URI url,
        Map<String, String> headers,
        String status,
        String contains,
        String matches,
        String jsonPointer,
        String jsonEquals,
        int certificateDays,
        Duration maxLatency) {

    /** The status that passes when none is named. */
    public static final String DEFAULT_STATUS = "200";

    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");
    /** What {@link java.net.http.HttpRequest.Builder} calls restricted and refuses. */
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    public HttpCheck {
        headers = Map.copyOf(headers);
        status = status.isBlank() ? DEFAULT_STATUS : status.strip();
        requireHttp(url);
        headers.forEach(HttpCheck::requireHeader);
        StatusSet.parse(status);
        requireRegex(matches);
        requirePointer(jsonPointer, jsonEquals);
        if (certificateDays < 0) {
            throw DeployFirstException.usage(
                    "health.certificateDays: " + certificateDays + " is less than 0.",
                    "Write the number of days that the certificate must still be valid, or leave it out.");
        }
        if (maxLatency.isNegative()) {
            throw DeployFirstException.usage("health.maxLatency: is negative.", "Write a duration such as 2s.");
        }
    }

    /** Returns a check that asks for status 200 and nothing else. */
    public static HttpCheck of(URI url) {
        return new HttpCheck(url, Map.of(), "", "", "", "", "", 0, Duration.ZERO);
    }

    /**
     * Reads an address.
     *
     * @throws DeployFirstException (USAGE) when it is no http or https address; the message does not repeat it, because
     *     what cannot be read cannot be cleaned of its password either
     */
    public static URI url(String text) {
        try {
            URI url = new URI(text.strip());
            requireHttp(url);
            return url;
        } catch (URISyntaxException wrong) {
            throw DeployFirstException.usage(
                    "health.url: is not a URL (" + wrong.getReason() + " at character " + (wrong.getIndex() + 1) + ").",
                    "Write the whole address, such as https://preprod.example.com/.");
        }
    }

    /** Names the address for people, without user information and without the query's content. */
    public String describe() {
        return Urls.withoutSecrets(url);
    }

    /** Returns the address for messages and links: without user information and without the query. */
    public String site() {
        String target = Urls.requestTarget(url).toString();
        return url.getRawQuery() == null ? target : target.substring(0, target.indexOf('?'));
    }

    /** Returns whether the body's content matters, or only that the answer is whole. */
    boolean asksForBody() {
        return !contains.isEmpty() || !matches.isEmpty() || !jsonPointer.isEmpty();
    }

    /** Leaves out what may be secret: the headers, and parts of the address. */
    @Override
    public String toString() {
        return "HttpCheck[url=" + describe() + ", status=" + status + ", contains=" + contains + ", matches=" + matches
                + ", jsonPointer=" + jsonPointer + ", jsonEquals=" + jsonEquals + ", certificateDays=" + certificateDays
                + ", maxLatency=" + maxLatency + "]";
    }

    private static void requireHttp(URI url) {
        if (Urls.lacksScheme(url)) {
            throw DeployFirstException.usage(
                    "health.url: \"" + Urls.withoutSecrets(url) + "\" begins with neither http:// nor https://.",
                    "Write the whole address, such as https://preprod.example.com/.");
        }
        if (!Urls.isHttp(url)) {
            throw DeployFirstException.usage(
                    "health.url: \"" + Urls.withoutSecrets(url) + "\" is not an http or https URL with a host name.",
                    "Write the whole address, such as https://preprod.example.com/; a host name has no underscores.");
        }
    }

    private static void requireHeader(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "health.headers: \"" + OneLine.of(name, 60) + "\" is not the name of a header.",
                    "Write a name such as Accept, without a colon.");
        }
        if (RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
            throw DeployFirstException.usage(
                    "health.headers: " + name + " is set by the HTTP client itself.", "Leave it out.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw DeployFirstException.usage(
                    "health.headers: the value of " + name + " has a control character in it.",
                    "Write it in one line; a secret read from a file often ends in a line feed.");
        }
    }

    private static void requireRegex(String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw DeployFirstException.usage(
                    "health.matches: \"" + OneLine.of(regex, 60) + "\" is not a regular expression ("
                            + OneLine.of(wrong.getDescription(), 80) + ").",
                    "Write it as java.util.regex.Pattern describes, or use contains for plain text.");
        }
    }

    private static void requirePointer(String pointer, String expected) {
        if (!POINTER.matcher(pointer).matches()) {
            throw DeployFirstException.usage(
                    "health.jsonPointer: \"" + OneLine.of(pointer, 60) + "\" is not a JSON pointer.",
                    "Write the path from the root with slashes, such as /status or /checks/0/ok (RFC 6901).");
        }
        if (pointer.isEmpty() && !expected.isEmpty()) {
            throw DeployFirstException.usage(
                    "health.jsonEquals: is set, but health.jsonPointer is not.",
                    "Name the field that must have this value, such as jsonPointer: /status.");
        }
    }
}

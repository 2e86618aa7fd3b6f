package io.jenkins.plugins.deployfirst.engine.hook;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is asked of a deploy hook.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field. No message, and
 * not this record's text either, repeats the address, the value of a header or the body.
 *
 * @param url the hook's address, which is secret as a whole; https, or this machine itself. User information in it is sent as
 *     basic authentication
 * @param method {@code POST}, {@code PUT}, {@code PATCH} or {@code GET}
 * @param headers sent with the request
 * @param body sent with the request; empty: none
 * @param retries how often it is tried again after a failure of the server or of the connection, 0 to {@value #MOST_RETRIES}
 * @param timeout for one request, more than zero
 */
public record HookSettings(
        URI url, String method, Map<String, String> headers, String body, int retries, Duration timeout) {
    public static final String DEFAULT_METHOD = "POST";
    public static final int DEFAULT_RETRIES = 3;
    public static final int MOST_RETRIES = 10;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** The methods that hooks are called by. */
    public static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "GET");

    public HookSettings {
        headers = Map.copyOf(headers);
        requirePrivate(url);
        method = method(method);
        headers.forEach(HookSettings::requireHeader);
        if (!body.isEmpty() && method.equals("GET")) {
            throw DeployFirstException.usage("body: a GET request has none.", "Leave it out, or write method: POST.");
        }
        requireRetries(retries);
        if (timeout.isZero() || timeout.isNegative()) {
            throw DeployFirstException.usage(
                    "timeout: is not more than zero.", "Write how long one request may take, such as 30s.");
        }
    }

    /**
     * Reads a hook's address.
     *
     * @throws DeployFirstException (USAGE) when it is none
     */
    public static URI url(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException notAnAddress) {
            throw notHttps();
        }
    }

    private static void requirePrivate(URI url) {
        String host = url.getHost();
        boolean loopback = host != null && host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        // Whoever reads it on the way could deploy too.
        if (host == null || !https && !(loopback && "http".equalsIgnoreCase(url.getScheme()))) {
            throw notHttps();
        }
    }

    private static DeployFirstException notHttps() {
        return DeployFirstException.usage(
                "The deploy hook's address is not an https URL.",
                "Store the whole address in the credential, beginning with https://.");
    }

    /**
     * Reads a method.
     *
     * @throws DeployFirstException (USAGE) when hooks are not called by it
     */
    public static String method(String text) {
        String method = text.isBlank() ? DEFAULT_METHOD : text.strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw DeployFirstException.usage(
                    "method: \"" + OneLine.of(text, 20) + "\" is not allowed.",
                    "Write " + String.join(" or ", METHODS) + ".");
        }
        return method;
    }

    /**
     * Checks how often is tried again.
     *
     * @throws DeployFirstException (USAGE) when it is less than 0 or more than {@value #MOST_RETRIES}
     */
    public static void requireRetries(int retries) {
        if (retries < 0 || retries > MOST_RETRIES) {
            throw DeployFirstException.usage(
                    "retries: " + retries + " is not between 0 and " + MOST_RETRIES + ".", "Write 3, say.");
        }
    }

    private static void requireHeader(String name, String value) {
        try {
            HttpRequest.newBuilder().header(name, value);
        } catch (IllegalArgumentException refused) {
            throw DeployFirstException.usage(
                    "headers: \"" + OneLine.of(name, 60)
                            + "\" cannot be sent: its name or its value is not allowed in HTTP.",
                    "Mend it or leave it out.");
        }
    }

    @Override
    public String toString() {
        return method + " to a deploy hook";
    }
}

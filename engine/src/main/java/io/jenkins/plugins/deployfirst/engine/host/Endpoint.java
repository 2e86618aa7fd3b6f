package io.jenkins.plugins.deployfirst.engine.host;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user on an SSH server: {@code user@host:port}, the port 22 when left out; IPv6 addresses stand in brackets. */
public record Endpoint(String user, String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9._$-]*)@(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::(\\d{1,5}))?");

    /**
     * Reads an address.
     *
     * @param field the setting's name, for the error message
     * @throws DeployFirstException (USAGE) when it has another form
     */
    public static Endpoint parse(String field, String address) {
        Matcher form = FORM.matcher(address == null ? "" : address.strip());
        int port = form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : 22;
        if (!form.matches() || port < 1 || port > 65535) {
            throw DeployFirstException.usage(
                    field + ": \"" + address + "\" is not an SSH address.",
                    "Write user@host or user@host:port, such as deploy@preprod.example.com:22.");
        }
        return new Endpoint(form.group(1), form.group(2).replaceAll("[\\[\\]]", ""), port);
    }

    @Override
    public String toString() {
        return user + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

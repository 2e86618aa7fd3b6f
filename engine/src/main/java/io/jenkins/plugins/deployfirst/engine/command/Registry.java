package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image registry, and who logs in to it.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when its address is none.
 *
 * @param url such as {@code https://registry.example.com:5000}; empty: Docker Hub
 * @param username empty: nobody logs in
 * @param password secret; in no message, and not in this record's text either
 */
public record Registry(String url, String username, String password) {
    /** What Docker files a login to its own registry under. */
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    /** A name or an IP address, with a port or without; the paths are those of the registry's own interface. */
    private static final Pattern URL = Pattern.compile(
            "(?:https?://)?([A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?|\\[[0-9A-Fa-f:]+](?::\\d{1,5})?)(?:/|/v[12]/?)?");

    private static final Pattern HUB = Pattern.compile("(?:(?:index|registry-1|registry|hub)\\.)?docker\\.(?:io|com)");

    public Registry {
        url = url.strip();
        if (!url.isEmpty() && !URL.matcher(url).matches()) {
            throw DeployFirstException.usage(
                    "registry.url: \"" + OneLine.of(url, 100) + "\" is not the address of an image registry.",
                    "Write https://registry.example.com, with the port where it has one, and what follows in the images'"
                            + " names; leave it empty for Docker Hub.");
        }
        if (username.isEmpty() != password.isEmpty()) {
            throw DeployFirstException.usage(
                    "registry: the " + (username.isEmpty() ? "user name" : "password") + " is missing.",
                    "Give both, or neither where nobody has to log in.");
        }
    }

    /** Returns whether somebody logs in. */
    public boolean hasLogin() {
        return !username.isEmpty();
    }

    /** Returns the host with its port, as it stands before the names of its images; empty for Docker Hub. */
    public String host() {
        Matcher form = URL.matcher(url);
        String host = form.matches() ? form.group(1).toLowerCase(Locale.ROOT) : "";
        return HUB.matcher(host).matches() ? "" : host;
    }

    /** Returns what Docker files the login under. */
    String key() {
        return host().isEmpty() ? HUB_KEY : host();
    }

    /** Returns an image's whole name: with this registry before it, unless it names one itself. */
    public String qualify(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
        return named || host().isEmpty() ? image : host() + "/" + image;
    }

    /** Names it for people. */
    public String describe() {
        return host().isEmpty() ? "Docker Hub" : host();
    }

    @Override
    public String toString() {
        return hasLogin() ? describe() + " as " + username : describe();
    }
}

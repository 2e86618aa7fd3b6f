package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Checks what is said about a CI server before anything is asked. */
final class CiSettings {
    private static final Pattern OWNER_AND_NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}/[A-Za-z0-9._-]{1,100}");

    private CiSettings() {}

    /**
     * Returns an API's address without slashes at its end.
     *
     * @param field the setting that holds it
     * @param remedy what to write there
     * @throws DeployFirstException (USAGE) when it is none
     */
    static URI apiUrl(String field, String url, String remedy) {
        String text = url == null ? "" : url.strip().replaceAll("/+$", "");
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The message below says it; the exception's own would quote a password in the address.
        }
        throw DeployFirstException.usage(field + ": this is not the address of an API.", remedy);
    }

    /**
     * Returns {@code owner/name}.
     *
     * @param field the setting that holds it
     * @param example an address that has it
     * @throws DeployFirstException (USAGE) when it is none
     */
    static String ownerAndName(String field, String repository, String example) {
        return name(
                field,
                repository,
                OWNER_AND_NAME,
                "is not a repository's name.",
                "Write owner/name, as in " + example + ".");
    }

    /** Returns a name of this form, without blanks around it. */
    static String name(String field, String given, Pattern form, String problem, String remedy) {
        String name = given == null ? "" : given.strip();
        if (!form.matcher(name).matches() || name.endsWith("/.") || name.endsWith("/..")) {
            throw DeployFirstException.usage(field + ": \"" + OneLine.of(name, 100) + "\" " + problem, remedy);
        }
        return name;
    }

    /**
     * Returns the commit to ask for.
     *
     * @throws DeployFirstException (USAGE) when it is abbreviated
     */
    static String fullSha(String sha) {
        CommitSha commit = new CommitSha(sha);
        if (!commit.isFull()) {
            throw DeployFirstException.usage(
                    "sha: \"" + commit + "\" is abbreviated.", "Give all 40 (or 64) digits to read a commit's checks.");
        }
        return commit.value();
    }

    /** Returns an API's address without the path that it has on a server of one's own. */
    static String webUrl(URI apiUrl, String path) {
        String text = apiUrl.toString();
        return text.endsWith(path) ? text.substring(0, text.length() - path.length()) : text;
    }
}

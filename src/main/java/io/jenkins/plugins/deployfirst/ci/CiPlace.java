package io.jenkins.plugins.deployfirst.ci;

import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is read on a CI server: the server, and there a repository, a project or a job. It holds no secret.
 *
 * <p>Two that are equal are the same place: their watches share one stream of reads as long as their tokens are equal
 * too, and a token that is looked up anew is used for the place that it was looked up for and no other. So make it a
 * record. It stays on the controller and in this process: nothing of it is saved or sent.
 */
public interface CiPlace {
    /**
     * Opens the place for reading. Asks nothing yet and does not block.
     *
     * @param http for servers that are read over HTTP: with the proxy that Jenkins is told to use, and without following
     *     redirects by itself, since it would take the token along
     * @param token the token of this moment; ask it for each request, because it may change, as those of GitHub Apps do
     *     within the hour. It blocks no longer than a look into the credentials store, once a minute. Empty for none.
     */
    CiServer open(HttpClient http, Supplier<Optional<String>> token);
}

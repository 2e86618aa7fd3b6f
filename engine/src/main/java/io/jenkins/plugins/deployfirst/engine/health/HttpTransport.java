package io.jenkins.plugins.deployfirst.engine.health;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Sends one GET request and follows nothing. */
interface HttpTransport {
    /**
     * Asks.
     *
     * @param url without user information
     * @param headers to send
     * @return the whole answer, its body included
     * @throws IOException when there is no whole answer by the deadline; its message says why, in one line for people
     * @throws InterruptedException when the flow is aborted
     */
    HttpAnswer get(URI url, Map<String, String> headers, Deadline deadline) throws IOException, InterruptedException;
}

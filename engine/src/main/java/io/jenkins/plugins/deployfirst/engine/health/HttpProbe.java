package io.jenkins.plugins.deployfirst.engine.health;

import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Asks a URL from where the engine runs.
 *
 * <p>At most 5 redirects are followed, never from https to http, and the check's headers stay with its own origin. The
 * timeout holds for everything together: connecting, redirects, the body (at most 1 MiB of it) and the judging; when it
 * is over, the exchange is cancelled.
 */
public final class HttpProbe implements Probe {
    private final HttpCheck check;
    private final HttpQuestion question;

    /**
     * Creates a probe.
     *
     * @param client whatever it does with redirects, this probe follows them by its own rules
     */
    public HttpProbe(HttpClient client, HttpCheck check) {
        this.check = check;
        this.question = new HttpQuestion(check, new ClientTransport(client));
    }

    @Override
    public ProbeResult probe(Duration timeout) throws InterruptedException {
        return question.ask(timeout);
    }

    @Override
    public String describe() {
        return check.describe();
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a flow is given by its front end besides the environment.
 *
 * @param progress hears what happens
 * @param ciServer the environment's CI server, with its credentials
 * @param notifiers who is told
 * @param http asks health URLs
 * @param by who started the flow, for the journal and for whoever waits for the lock
 * @param build the address of the build that runs it; empty when there is none
 * @param timer starts what waits; never blocked
 * @param worker runs what blocks: the settling of watches
 */
public record FlowContext(
        Progress progress,
        Optional<CiServer> ciServer,
        List<Notifier> notifiers,
        HttpClient http,
        String by,
        String build,
        ScheduledExecutorService timer,
        Executor worker) {
    public FlowContext {
        notifiers = List.copyOf(notifiers);
    }

    /** Returns how others are told who holds the lock. */
    String holder() {
        return by + (build.isEmpty() ? "" : " (" + build + ")") + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}

package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvironmentFlows;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookNotifier;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One flow of an environment.
 *
 * @param notifiers who is told
 * @param by who started it
 * @param buildUrl the build that runs it; empty when its address is not known
 */
record FlowJob(Environment environment, List<WebhookAccess> notifiers, FlowRequest request, String by, String buildUrl)
        implements Job {
    FlowJob {
        notifiers = List.copyOf(notifiers);
    }

    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        String name = environment.name();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(FlowJob::timerThread);
        try {
            FlowContext context = new FlowContext(
                    site.progress(),
                    site.ci(),
                    notifiers(site.http()),
                    site.http(),
                    by,
                    buildUrl,
                    timer,
                    Runnable::run);
            Environment here = KnownHostsFile.onThisMachine(environment);
            return request.runOn(new EnvironmentFlows(here, context), name);
        } catch (DeployFirstException e) {
            return FlowOutcome.failed(name, e);
        } finally {
            timer.shutdownNow();
        }
    }

    @Override
    public Duration elapsed() {
        return request instanceof FlowRequest.Settle settle
                ? Duration.between(settle.startedAt(), Instant.now())
                : Duration.ZERO;
    }

    /** A message is on its way while the flow goes on, and may arrive after its end: this process stays. */
    private List<Notifier> notifiers(HttpClient http) {
        return notifiers.stream()
                .<Notifier>map(webhook -> new WebhookNotifier(http, webhook.service(), webhook::url, webhook.policy()))
                .toList();
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "Deploy First: timer of a flow");
        thread.setDaemon(true);
        return thread;
    }

    /** Names it without any secret: the environment's settings hold some. */
    @Override
    public String toString() {
        return request + " on " + environment.name();
    }
}

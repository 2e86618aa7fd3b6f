package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvironmentFlows;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookNotifier;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One flow of an environment.
 *
 * @param by who started it
 * @param buildUrl the build that runs it; empty when its address is not known
 */
record FlowJob(ResolvedEnvironment environment, FlowRequest request, String by, String buildUrl) implements Job {
    @Override
    public FlowOutcome run(HttpClient http, Progress progress) throws InterruptedException {
        String name = environment.environment().name();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(FlowJob::timerThread);
        try {
            Optional<CiServer> ci = environment.ci().map(access -> ciServer(http, access));
            FlowContext context =
                    new FlowContext(progress, ci, notifiers(http), http, by, buildUrl, timer, Runnable::run);
            Environment here = KnownHostsFile.onThisMachine(environment.environment());
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

    private static CiServer ciServer(HttpClient http, CiAccess access) {
        Optional<String> token = Optional.of(access.token()).filter(text -> !text.isEmpty());
        return access.open(http, () -> token);
    }

    /** A message is on its way while the flow goes on, and may arrive after its end: this process stays. */
    private List<Notifier> notifiers(HttpClient http) {
        return environment.notifiers().stream()
                .<Notifier>map(webhook -> new WebhookNotifier(http, webhook.service(), webhook::url, webhook.policy()))
                .toList();
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "Deploy First: timer of a flow");
        thread.setDaemon(true);
        return thread;
    }
}

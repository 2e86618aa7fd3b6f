package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvironmentFlows;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HealthGate;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.health.HttpProbe;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookNotifier;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The engine itself. */
final class DefaultEngine implements Engine {
    @Override
    public Flows flows(Environment environment, FlowContext context) {
        return new EnvironmentFlows(environment, context);
    }

    @Override
    public CiServer ciServer(
            HttpClient http,
            CiService service,
            String apiUrl,
            String repository,
            Optional<String> token,
            UnaryOperator<String> mask) {
        return service.open(http, apiUrl, repository, () -> token, mask);
    }

    @Override
    public Notifier webhook(HttpClient http, WebhookService service, String url, Policy policy) {
        return new WebhookNotifier(http, service, () -> url, policy);
    }

    @Override
    public GateResult gate(HttpCheck check, GateTiming timing, HttpClient http, Progress progress)
            throws InterruptedException {
        return new HealthGate().await(List.of(new HttpProbe(http, check)), timing, progress);
    }
}

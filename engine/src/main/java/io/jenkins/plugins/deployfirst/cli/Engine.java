package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The parts of the engine that commands are put together from. */
interface Engine {
    Flows flows(Environment environment, FlowContext context);

    /** Returns a repository on a CI server; {@code token} empty: it is read without logging in; {@code mask} is for logs. */
    CiServer ciServer(
            HttpClient http,
            CiService service,
            String apiUrl,
            String repository,
            Optional<String> token,
            UnaryOperator<String> mask);

    /** Returns what tells a service by its webhook. */
    Notifier webhook(HttpClient http, WebhookService service, String url, Policy policy);

    /** Asks a URL until the timing's end or until it answers as it should. */
    GateResult gate(HttpCheck check, GateTiming timing, HttpClient http, Progress progress) throws InterruptedException;
}

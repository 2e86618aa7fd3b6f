package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One run of a command: the environment file, flows that get no more secrets than they use, and their progress. Closing
 * it waits for messages that are still on their way.
 */
final class Session implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final String configName;
    private final ConsoleProgress progress;
    private final Ticker ticker;
    private final FlowThreads threads = new FlowThreads();
    private final Outbox outbox = new Outbox(Duration.ofSeconds(5));
    private final LazyHttpClient http = new LazyHttpClient(Session::client);

    Session(Surroundings surroundings, String configName) {
        this.surroundings = surroundings;
        this.configName = configName;
        this.progress = new ConsoleProgress(
                surroundings.err(), surroundings.terminal(), surroundings.palette(), System::nanoTime);
        this.ticker = surroundings.terminal() ? Ticker.start(progress::tick) : Ticker.none();
    }

    EnvironmentFile file() {
        return EnvironmentFile.read(surroundings.directory(), configName, surroundings.home());
    }

    Progress progress() {
        return progress;
    }

    /** Shows where a new chapter begins. */
    void heading(String text) {
        progress.heading(text);
    }

    /** Shows a line without the elapsed time. */
    void text(String line) {
        progress.text(line);
    }

    Map<String, String> variables() {
        return surroundings.variables();
    }

    ZoneId zone() {
        return surroundings.zone();
    }

    Engine engine() {
        return surroundings.engine();
    }

    /** Returns flows that tell nobody and know no CI: enough for status, history and health. */
    Flows toLook(EnvironmentDefinition definition) {
        return flows(environment(definition), progress, Optional.empty(), List.of());
    }

    /** Returns flows as {@link #toLook} does, whose progress is not shown: several look at once. */
    Flows toLookQuietly(EnvironmentDefinition definition) {
        return flows(environment(definition), Progress.NONE, Optional.empty(), List.of());
    }

    Flows toDeploy(EnvironmentDefinition definition) {
        return flows(
                lending(definition, false),
                progress,
                definition.ci().map(this::ciServer),
                notifiers(definition, false));
    }

    /**
     * Returns flows that can watch.
     *
     * @throws DeployFirstException (USAGE) when the environment names no CI server
     */
    Flows toWatch(EnvironmentDefinition definition) {
        CiReader.CiDefinition ci = definition
                .ci()
                .orElseThrow(() -> definition
                        .place()
                        .wrong(
                                "\"" + definition.name() + "\" has no CI to watch.",
                                "Add ci: { github: { repository: owner/repo, tokenEnv: GITHUB_TOKEN } } (or gitlab, or gitea), or use"
                                        + " deploy-first deploy."));
        return flows(lending(definition, false), progress, Optional.of(ciServer(ci)), notifiers(definition, false));
    }

    /** Returns flows for a rollback: a webhook or a secret that cannot be had must not keep a person from going back. */
    Flows toRollBack(EnvironmentDefinition definition) {
        return flows(lending(definition, true), progress, Optional.empty(), notifiers(definition, true));
    }

    /** Returns the client for everything over HTTP. */
    HttpClient http() {
        return http;
    }

    /** Makes a client that leaves redirects to its callers and uses the system's proxies. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    /** Returns an environment with its login. */
    Environment environment(EnvironmentDefinition definition) {
        return definition.on(definition.host().resolve(surroundings.variables()));
    }

    /** Returns an environment with its login and with what it lends to the host. */
    private Environment lending(EnvironmentDefinition definition, boolean forgiving) {
        Environment environment = environment(definition);
        try {
            return environment.with(definition.secrets().resolve(surroundings.variables()));
        } catch (DeployFirstException refusal) {
            if (!forgiving) {
                throw refusal;
            }
            progress.warn(refusal.getMessage() + " Going on without it.");
            return environment;
        }
    }

    private Flows flows(Environment environment, Progress shown, Optional<CiServer> ci, List<Notifier> notifiers) {
        FlowContext context = new FlowContext(
                shown,
                ci,
                notifiers,
                http,
                caller().who(),
                caller().build(),
                DaemonThreads.timer(),
                DaemonThreads.worker());
        if (environment.health().http().isPresent() || !notifiers.isEmpty()) {
            CompletableFuture.runAsync(http::prepare);
        }
        return engine().flows(environment, context);
    }

    private CiServer ciServer(CiReader.CiDefinition ci) {
        Map<String, String> variables = surroundings.variables();
        Optional<String> token = ci.token().map(variable -> variable.value(variables));
        SecretMask mask = new SecretMask(variables);
        return new LazyCiServer(() -> engine().ciServer(http, ci.service(), ci.apiUrl(), ci.repository(), token, mask));
    }

    private List<Notifier> notifiers(EnvironmentDefinition definition, boolean forgiving) {
        Map<String, String> variables = surroundings.variables();
        List<Notifier> notifiers = new ArrayList<>();
        for (NotifierReader.WebhookDefinition webhook : definition.notifiers()) {
            try {
                String url = webhook.url().webAddress(variables);
                notifiers.add(outbox.remembering(engine().webhook(http, webhook.service(), url, webhook.policy())));
            } catch (DeployFirstException refusal) {
                if (!forgiving) {
                    throw refusal;
                }
                progress.warn(refusal.getMessage() + " Nobody is told there.");
            }
        }
        return notifiers;
    }

    private Caller caller() {
        return new Caller(surroundings.variables());
    }

    @Override
    public void close() {
        threads.close();
        ticker.stop();
        progress.end();
        if (!outbox.flush()) {
            progress.warn("a notification was still on its way when the command ended.");
        }
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.ConnectionLostException;
import io.jenkins.plugins.deployfirst.engine.host.UnreachableException;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The flows of one environment. */
public final class EnvironmentFlows implements Flows {
    /** A connection that breaks is opened anew this often, since every flow can be run twice. */
    private static final List<Duration> RECONNECTS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final Environment environment;
    private final FlowContext context;
    private final List<Duration> reconnects;

    public EnvironmentFlows(Environment environment, FlowContext context) {
        this(environment, context, RECONNECTS);
    }

    EnvironmentFlows(Environment environment, FlowContext context, List<Duration> reconnects) {
        this.environment = environment;
        this.context = context;
        this.reconnects = reconnects;
    }

    @Override
    public DeployResult deploy(DeployRequest request) throws InterruptedException {
        return deploy(request, Occasion.COMMIT);
    }

    DeployResult deploy(DeployRequest request, Occasion occasion) throws InterruptedException {
        Optional<DeployFlow> touched = Optional.empty();
        DeployFirstException lost = null;
        for (int attempt = 0; attempt <= reconnects.size(); attempt++) {
            DeployFlow flow = new DeployFlow(environment, context, occasion);
            try {
                DeployResult result = flow.run(request, touched.isPresent());
                if (touched.isEmpty() || result.outcome() != Outcome.FAILED_UNCHANGED) {
                    return result;
                }
                lost = DeployFirstException.unchanged(result.error(), "");
                break;
            } catch (UnreachableException e) {
                touched = flow.touched() ? Optional.of(flow) : touched;
                boolean first = lost == null;
                lost = e;
                if (first && !(e instanceof ConnectionLostException) || attempt == reconnects.size()) {
                    break;
                }
            } catch (DeployFirstException e) {
                Optional<DeployFlow> half = flow.touched() ? Optional.of(flow) : touched;
                throw half.isPresent() ? leftHalfWay(half.get(), e) : e;
            }
            context.progress()
                    .warn(Sentences.join(
                            lost.getMessage(), "Connecting again; the deployment goes on from where it was."));
            Thread.sleep(reconnects.get(attempt).toMillis());
        }
        throw touched.isPresent() ? leftHalfWay(touched.get(), lost) : lost;
    }

    @Override
    public ValidatedResult validated(Optional<CommitSha> sha) throws InterruptedException {
        return ValidatedRelease.of(environment, context, sha);
    }

    @Override
    public PromotionResult promote(PromotionRequest request) throws InterruptedException {
        return new PromotionFlow(environment, context, reconnects).run(request);
    }

    private DeployFirstException leftHalfWay(DeployFlow flow, DeployFirstException cause) {
        DeployFirstException failure = new DeployFirstException(
                Outcome.PERSON_NEEDED,
                environment.name() + " may run the release half way: " + cause.getMessage(),
                "Run the deployment again, or roll back, as soon as the host answers; both go on from where it was.",
                cause);
        flow.tellHalfWay(failure.getMessage());
        return failure;
    }

    @Override
    public RollbackResult rollback(RollbackRequest request) throws InterruptedException {
        return new RollbackFlow(environment, context).run(request);
    }

    @Override
    public CompletableFuture<WatchResult> watch(CommitSha sha) throws InterruptedException {
        CiServer server = context.ciServer()
                .orElseThrow(() -> DeployFirstException.usage(
                        "ci: environment " + environment.name() + " names no CI server to watch.",
                        "Add ci: { github: { repository: owner/name } } (or gitlab, or gitea) to it."));
        Instant startedAt = Instant.now();
        CommitSha full = resolve(sha);
        CiWatch watch = CiWatch.start(
                server, full.value(), environment.ciRules(), context.timer(), startedAt, context.progress());
        if (CiWatch.adapts(environment.ciRules())) {
            context.worker().execute(() -> usualCiDuration().ifPresent(watch::expect));
        }
        CompletableFuture<WatchResult> result = watch.result()
                .thenApplyAsync(
                        ci -> {
                            try {
                                return settleInTheEnd(full, ci, startedAt);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                throw new CompletionException(e);
                            }
                        },
                        context.worker());
        result.whenComplete((done, failure) -> watch.cancel());
        return result;
    }

    /** What the host remembers of earlier watches makes this one cheaper; without it, the watch is the same. */
    private Optional<Duration> usualCiDuration() {
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            return shell.look(1).journal().usualCiDuration();
        } catch (DeployFirstException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** CI servers take an abbreviation for what it means to them; the host knows what was deployed there. */
    @Override
    public CommitSha resolve(CommitSha sha) throws InterruptedException {
        if (sha.isFull()) {
            return sha;
        }
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            CommitSha full = new CommitSha(shell.resolve(sha.value()));
            context.progress().info(sha + " is " + full + ".");
            return full;
        }
    }

    @Override
    public WatchResult settle(CommitSha sha, CiResult verdict, Instant startedAt, boolean again)
            throws InterruptedException {
        return new WatchFlow(environment, context, startedAt, reconnects).settle(sha.value(), verdict, again);
    }

    /** Waits for a host that is away. */
    private WatchResult settleInTheEnd(CommitSha sha, CiResult verdict, Instant startedAt) throws InterruptedException {
        for (boolean again = false; ; again = true) {
            try {
                return settle(sha, verdict, startedAt, again);
            } catch (UnreachableException away) {
                Thread.sleep(reconnects.get(reconnects.size() - 1).toMillis());
            }
        }
    }

    @Override
    public GateResult health() throws InterruptedException {
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            return Gate.of(environment, context, shell, shell.look(1)).await();
        }
    }

    @Override
    public StatusResult status(int entries) throws InterruptedException {
        return new StatusFlow(environment, context).run(entries);
    }

    @Override
    public List<JournalEntry> history(int count) throws InterruptedException {
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            return shell.look(count).journal().tail();
        }
    }
}

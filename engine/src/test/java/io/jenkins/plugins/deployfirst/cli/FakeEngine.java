package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.deploy.Commit;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FlowContext;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionResult;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackResult;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.deploy.ValidatedResult;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An engine that touches nothing: remembers what it was asked for and answers as the test says. */
final class FakeEngine implements Engine {
    static final String GOOD = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
    static final String BEFORE = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
    static final GateResult HEALTHY = gate(true, "");
    static final GateResult UNHEALTHY = gate(false, "the body does not contain \"Welcome\"");

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Environment> environments = new CopyOnWriteArrayList<>();
    final List<FlowContext> contexts = new CopyOnWriteArrayList<>();
    final List<HttpCheck> checks = new ArrayList<>();
    final List<GateTiming> timings = new ArrayList<>();
    final List<Notifier> notifiers = new ArrayList<>();

    Callable<DeployResult> deploy = () -> deployed(Outcome.DONE, "");
    Callable<PromotionResult> promote = () -> promoted(Outcome.DONE, "");
    Callable<RollbackResult> rollback = () -> rolledBack(Outcome.DONE, "");
    CompletableFuture<WatchResult> watch =
            CompletableFuture.completedFuture(watched(Outcome.DONE, Verdict.SUCCESS, ""));
    Callable<GateResult> health = () -> HEALTHY;
    Callable<List<JournalEntry>> history = List::of;
    Map<String, Callable<StatusResult>> status = new LinkedHashMap<>();

    static DeployResult deployed(Outcome outcome, String error) {
        return new DeployResult(
                outcome,
                "preprod",
                GOOD,
                "",
                BEFORE,
                "",
                outcome == Outcome.ROLLED_BACK ? BEFORE : "",
                List.of(),
                outcome == Outcome.DONE ? HEALTHY : UNHEALTHY,
                List.of(new DeployResult.ImageChange("web", "shop:latest", "sha256:1", "sha256:2")),
                1300,
                List.of(new DeployResult.Phase("fetch", 400)),
                error);
    }

    static PromotionResult promoted(Outcome outcome, String error) {
        return new PromotionResult(
                "preprod",
                new DeployResult(
                        outcome,
                        "prod",
                        GOOD,
                        "",
                        BEFORE,
                        "",
                        outcome == Outcome.ROLLED_BACK ? BEFORE : "",
                        List.of(),
                        outcome == Outcome.DONE ? HEALTHY : UNHEALTHY,
                        List.of(),
                        1300,
                        List.of(new DeployResult.Phase("fetch", 400)),
                        error),
                "/backups/7.dump",
                1500,
                List.of(new DeployResult.Phase("validated", 200)));
    }

    static RollbackResult rolledBack(Outcome outcome, String error) {
        return new RollbackResult(
                outcome, "preprod", BEFORE, "", GOOD, List.of(), false, HEALTHY, 800, List.of(), error);
    }

    static WatchResult watched(Outcome outcome, Verdict verdict, String error) {
        boolean failed = verdict == Verdict.FAILURE;
        Check.State state = failed ? Check.State.FAILED : Check.State.SUCCEEDED;
        Check check = new Check("1", "build", state, failed ? "timed_out" : "success", "https://ci.example.com/1");
        String back = outcome == Outcome.ROLLED_BACK ? BEFORE : "";
        return new WatchResult(
                outcome, "preprod", verdict, GOOD, back, List.of(), List.of(check), List.of(), 125_000, error);
    }

    static StatusResult state(String environment) {
        return new StatusResult(
                environment,
                new Commit(GOOD, "Ada Lovelace", "Add a door", "2026-03-04T05:00:00+00:00"),
                "",
                "2026-03-04T05:06:07Z",
                new Commit(BEFORE, "Ada Lovelace", "Add a wall", "2026-03-03T05:00:00+00:00"),
                "",
                2,
                0,
                false,
                "",
                "healthy",
                List.of(entry("deploy.succeeded")),
                List.of());
    }

    static JournalEntry entry(String event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", "2026-03-04T05:06:07Z");
        fields.put("event", event);
        fields.put("sha", GOOD);
        fields.put("by", "ada@desk");
        fields.put("reason", "the gate failed");
        return new JournalEntry(fields);
    }

    private static GateResult gate(boolean healthy, String message) {
        return new GateResult(
                healthy, List.of(new Attempt("https://preprod.example.com/", false, healthy, "200", 12, message)));
    }

    @Override
    public Flows flows(Environment environment, FlowContext context) {
        environments.add(environment);
        contexts.add(context);
        return new FakeFlows(environment.name());
    }

    @Override
    public CiServer ciServer(
            HttpClient http,
            CiService service,
            String apiUrl,
            String repository,
            Optional<String> token,
            UnaryOperator<String> mask) {
        String described =
                service.open(http, apiUrl, repository, () -> token, mask).describe();
        return new FakeCi(described + " " + apiUrl + " " + token.orElse("without token"));
    }

    @Override
    public Notifier webhook(HttpClient http, WebhookService service, String url, Policy policy) {
        Notifier notifier = message -> CompletableFuture.completedFuture(null);
        notifiers.add(notifier);
        asked.add(service.name().toLowerCase(Locale.ROOT) + " " + policy);
        return notifier;
    }

    @Override
    public GateResult gate(HttpCheck check, GateTiming timing, HttpClient http, Progress progress)
            throws InterruptedException {
        checks.add(check);
        timings.add(timing);
        return get(health);
    }

    private static <T> T get(Callable<T> answer) throws InterruptedException {
        try {
            return answer.call();
        } catch (RuntimeException | InterruptedException expected) {
            throw expected;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private record FakeCi(String describe) implements CiServer {
        @Override
        public CompletableFuture<CiSnapshot> read(String sha) {
            return CompletableFuture.completedFuture(new CiSnapshot(List.of(), false));
        }

        @Override
        public String pageOf(String sha) {
            return "";
        }
    }

    private final class FakeFlows implements Flows {
        private final String name;

        FakeFlows(String name) {
            this.name = name;
        }

        @Override
        public WatchResult settle(CommitSha sha, CiResult verdict, Instant startedAt, boolean again) {
            throw new AssertionError("The command line leaves settling to watch().");
        }

        @Override
        public CommitSha resolve(CommitSha sha) {
            throw new AssertionError("The command line leaves resolving to watch().");
        }

        @Override
        public DeployResult deploy(DeployRequest request) throws InterruptedException {
            String live = request.tag().isPresent() ? "the commit of" : "what is live";
            asked.add("deploy " + name + " "
                    + request.sha().map(CommitSha::value).orElse(live)
                    + request.tag().map(tag -> " tag " + tag).orElse("")
                    + (request.redeployRejected() ? " even if rejected" : ""));
            return get(deploy);
        }

        @Override
        public ValidatedResult validated(Optional<CommitSha> sha) {
            throw new AssertionError("The command line leaves looking for it to promote().");
        }

        @Override
        public PromotionResult promote(PromotionRequest request) throws InterruptedException {
            asked.add("promote " + request.from().name() + " to " + name + " "
                    + request.sha().map(CommitSha::value).orElse("the last validated") + ", typed "
                    + request.confirm()
                    + request.overrideFreeze()
                            .map(reason -> ", because " + reason)
                            .orElse("")
                    + (request.redeployRejected() ? ", even if rejected" : ""));
            return get(promote);
        }

        @Override
        public RollbackResult rollback(RollbackRequest request) throws InterruptedException {
            asked.add("rollback " + name + " to "
                    + request.to().map(CommitSha::value).orElse("the rollback point"));
            return get(rollback);
        }

        @Override
        public CompletableFuture<WatchResult> watch(CommitSha sha) {
            asked.add("watch " + name + " " + sha);
            return watch;
        }

        @Override
        public GateResult health() throws InterruptedException {
            asked.add("health " + name);
            return get(health);
        }

        @Override
        public StatusResult status(int entries) throws InterruptedException {
            asked.add("status " + name);
            return get(status.getOrDefault(name, () -> state(name)));
        }

        @Override
        public List<JournalEntry> history(int count) throws InterruptedException {
            asked.add("history " + name + " " + count);
            return get(history);
        }
    }
}

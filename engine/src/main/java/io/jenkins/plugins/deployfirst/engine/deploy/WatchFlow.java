package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.host.Host;
import io.jenkins.plugins.deployfirst.engine.host.UnreachableException;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settles a watch: does on the host what the CI server's verdict asks for. */
final class WatchFlow {
    private static final Duration LONGEST_EXPLANATION = Duration.ofSeconds(5);

    private final Environment environment;
    private final FlowContext context;
    private final Instant startedAt;
    private final List<Duration> reconnects;
    private CompletableFuture<List<FailureDetail>> details = CompletableFuture.completedFuture(List.of());
    private List<Commit> commits = List.of();

    WatchFlow(Environment environment, FlowContext context, Instant startedAt, List<Duration> reconnects) {
        this.environment = environment;
        this.context = context;
        this.startedAt = startedAt;
        this.reconnects = reconnects;
    }

    /** What a verdict asks for. */
    private enum Action {
        VALIDATE,
        TAKE_BACK,
        NOTE,
        LEAVE_ALONE
    }

    WatchResult settle(String sha, CiResult ci, boolean again) throws InterruptedException {
        Action action = actionFor(ci.verdict());
        try {
            if (again) {
                knock();
            }
            return switch (action) {
                case VALIDATE -> validate(sha, ci);
                case TAKE_BACK -> takeBack(sha, ci);
                case NOTE -> withoutVerdict(sha, ci);
                case LEAVE_ALONE -> leaveAlone(sha, ci);
            };
        } catch (UnreachableException e) {
            if (!isTriedAgain(action)) {
                return unsettled(sha, ci, action, e);
            }
            if (!again) {
                tellPending(sha, ci, action, e);
            }
            throw e;
        } catch (DeployFirstException e) {
            return unsettled(sha, ci, action, e);
        }
    }

    /** Looks whether the host can be reached; a log that hears of every attempt for a day is of no use. */
    private void knock() throws InterruptedException {
        Host.of(environment.host()).open(Progress.NONE).close();
    }

    /** What changes nothing but the journal is not worth a build that waits for a day. */
    private boolean isTriedAgain(Action action) {
        return (action == Action.VALIDATE || action == Action.TAKE_BACK)
                && Instant.now().isBefore(environment.ciRules().triedUntil(startedAt));
    }

    private void tellPending(String sha, CiResult ci, Action action, UnreachableException problem) {
        Release release = Release.of(sha);
        String error = Sentences.join(reason(ci), problem.getMessage());
        String next = release.abbreviated() + (action == Action.TAKE_BACK ? " is taken back" : " becomes validated")
                + " as soon as the host answers. It is tried until "
                + environment.ciRules().triedUntil(startedAt).truncatedTo(ChronoUnit.SECONDS) + ".";
        context.progress().warn(Sentences.join(error, next));
        new Messages(environment, context).failed(release, error, next);
    }

    private Action actionFor(Verdict verdict) {
        return switch (verdict) {
            case SUCCESS -> Action.VALIDATE;
            case FAILURE -> Action.TAKE_BACK;
            case TIMEOUT -> without(environment.ciRules().onTimeout());
            case ABSENT -> without(environment.ciRules().onAbsent());
            case ERROR, SUPERSEDED -> Action.LEAVE_ALONE;
        };
    }

    private static Action without(OnNoVerdict what) {
        return what == OnNoVerdict.ROLLBACK ? Action.TAKE_BACK : Action.NOTE;
    }

    /** The host could not be asked, or has nothing to go back to: the release stays as it is, and people must know. */
    private WatchResult unsettled(String sha, CiResult ci, Action action, DeployFirstException problem) {
        Release release = Release.of(sha);
        String error = Sentences.join(reason(ci), problem.getMessage());
        String next = release.abbreviated()
                + (action == Action.TAKE_BACK ? " was not taken back." : " stays live, not validated.");
        context.progress().warn(Sentences.join(error, next));
        new Messages(environment, context).failed(release, error, next);
        Outcome outcome =
                switch (action) {
                    case VALIDATE -> problem.outcome();
                    case TAKE_BACK -> Outcome.PERSON_NEEDED;
                    case NOTE, LEAVE_ALONE -> Outcome.NO_VERDICT;
                };
        return result(outcome, ci.verdict(), sha, "", ci, Sentences.join(error, next));
    }

    private WatchResult validate(String sha, CiResult ci) throws InterruptedException {
        context.progress().info("CI succeeded for " + new CommitSha(sha).abbreviated() + ".");
        Duration ciDuration = Duration.between(startedAt, Instant.now());
        Release validated = withRetries(() -> new ValidateFlow(environment, context, ciDuration).run(sha));
        commits = Commit.of(Stream.of(validated));
        return result(Outcome.DONE, ci.verdict(), sha, "", ci, "");
    }

    private WatchResult takeBack(String sha, CiResult ci) throws InterruptedException {
        String reason = reason(ci);
        tellFailures(ci);
        explain(ci);
        RollbackRequest request = new RollbackRequest(
                Optional.empty(), Optional.of(new CommitSha(sha)), reason, ci.failures(), details::join);
        RollbackResult rollback = withRetries(() -> new RollbackFlow(environment, context).run(request));
        commits = rollback.commits();
        tellDetails(ci);
        if (rollback.superseded()) {
            return result(Outcome.DONE, Verdict.SUPERSEDED, sha, "", ci, "");
        }
        return rollback.outcome() == Outcome.DONE
                ? result(Outcome.ROLLED_BACK, ci.verdict(), sha, rollback.live(), ci, reason)
                : result(rollback.outcome(), ci.verdict(), sha, "", ci, Sentences.join(reason, rollback.error()));
    }

    private static String reason(CiResult ci) {
        return switch (ci.verdict()) {
            case SUCCESS -> "CI succeeded.";
            case FAILURE ->
                ci.failures().stream()
                        .map(check -> check.name() + " (" + check.conclusion() + ")")
                        .collect(Collectors.joining(", ", "CI failed: ", "."));
            default -> ci.reason();
        };
    }

    private void tellFailures(CiResult ci) {
        for (Check check : ci.failures()) {
            context.progress().warn("CI: " + check.name() + ": " + check.conclusion() + " " + check.url());
        }
    }

    /** The logs are read while the host goes back; a CI server that is slow to tell them holds nothing up for long. */
    private void explain(CiResult ci) {
        details = context.ciServer()
                .map(server -> server.explain(ci.failures()))
                .orElse(details)
                .completeOnTimeout(List.of(), LONGEST_EXPLANATION.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(unknown -> List.of());
    }

    private void tellDetails(CiResult ci) {
        for (FailureDetail detail : details.join()) {
            String check = ci.failures().stream()
                    .filter(failed -> failed.key().equals(detail.key()))
                    .map(Check::name)
                    .findFirst()
                    .orElse(detail.key());
            String step = detail.step().isEmpty() ? "" : ", step " + detail.step();
            context.progress().info("CI: " + check + step + (detail.log().isEmpty() ? "" : ": the end of its log:"));
            detail.log().forEach(line -> context.progress().info("    " + line));
        }
    }

    private WatchResult withoutVerdict(String sha, CiResult ci) throws InterruptedException {
        withRetries(() -> {
            try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
                HostState state = shell.lockAndLook(context.holder(), sha);
                shell.record(JournalEntry.now(Event.NOT_VALIDATED, context.by(), context.build())
                        .with("sha", sha)
                        .with("verdict", ci.verdict().name())
                        .with("reason", ci.reason()));
                boolean live = state.live().sha().equals(sha);
                Release release = shell.fetch(Release.of(sha), "").release();
                tellNoVerdict(release, ci, live);
                commits = Commit.of(Stream.of(release));
                return release;
            }
        });
        return result(Outcome.NO_VERDICT, ci.verdict(), sha, "", ci, ci.reason());
    }

    /** Nothing is known about the release: the host is not even asked. */
    private WatchResult leaveAlone(String sha, CiResult ci) {
        tellNoVerdict(Release.of(sha), ci, true);
        return result(Outcome.NO_VERDICT, ci.verdict(), sha, "", ci, ci.reason());
    }

    private void tellNoVerdict(Release release, CiResult ci, boolean live) {
        String next = release.abbreviated() + (live ? " stays live, not validated." : " is not live any more.");
        context.progress().warn(Sentences.join("CI gave no verdict (" + ci.verdict() + "): " + ci.reason(), next));
        new Messages(environment, context).noVerdict(release, ci.reason(), next);
    }

    private <T> T withRetries(PhaseLog.Work<T> work) throws InterruptedException {
        for (Duration pause : reconnects) {
            try {
                return work.run();
            } catch (UnreachableException e) {
                context.progress()
                        .warn(Sentences.join(e.getMessage(), "Trying again in " + DurationText.format(pause) + "."));
                Thread.sleep(pause.toMillis());
            }
        }
        return work.run();
    }

    private WatchResult result(
            Outcome outcome, Verdict verdict, String sha, String rolledBackTo, CiResult ci, String error) {
        long millis = Duration.between(startedAt, Instant.now()).toMillis();
        return new WatchResult(
                outcome,
                environment.name(),
                verdict,
                sha,
                rolledBackTo,
                commits,
                ci.checks(),
                details.join(),
                millis,
                error);
    }
}

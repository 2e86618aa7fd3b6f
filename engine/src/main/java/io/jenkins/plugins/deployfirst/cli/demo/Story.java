package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.cli.demo.Shop.Release;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The story: a good release goes live and is validated, a bad one goes live and is taken back. */
final class Story {
    static final String FIRST_PAGE = "Welcome to the shop. Three apples: 2.97 EUR";
    static final String GOOD_PAGE = "Welcome to the shop. Three apples: 2.97 EUR, two pears: 1.98 EUR";
    static final String BAD_PAGE = "Welcome to the shop. Three apples: 297 EUR, two pears: 198 EUR";

    /** How long CI works on after the release is live; real ones take minutes. */
    private static final Duration CI_TIME = Duration.ofMillis(2500);

    private static final int WHOLE_JOURNAL = 50;

    private final Audience audience;
    private final ThrowAwayHost host;
    private final Flows flows;
    private final Stopwatch stopwatch = new Stopwatch();

    Story(Audience audience, ThrowAwayHost host) {
        this.audience = audience;
        this.host = host;
        this.flows = audience.flows(host.places().environmentFile(), EnvironmentYaml.ENVIRONMENT);
    }

    /**
     * Tells it.
     *
     * @throws DeployFirstException when it does not come out as it should
     */
    Ending tell() throws InterruptedException {
        beforeAnything();
        Release good = aGoodRelease();
        aBadRelease(good);
        return theEnd();
    }

    private void beforeAnything() throws InterruptedException {
        audience.heading("1. A shop is open.");
        require("the first page", FIRST_PAGE, host.site().awaitPage(FIRST_PAGE));
        showPage();
        stopwatch.start();
    }

    private Release aGoodRelease() throws InterruptedException {
        audience.heading("2. Ada pushes a good commit. It goes live at once; CI has only begun.");
        Release release = push("Sell pears", GOOD_PAGE);
        deploy(release);
        WatchResult watched = watch(release, true);
        stopwatch.moment(release, "validated: the release to go back to from now on");
        require("the verdict", Verdict.SUCCESS, watched.verdict());
        require(
                "the last validated release",
                release.sha(),
                flows.status().validated().sha());
        requirePage(GOOD_PAGE);
        return release;
    }

    private void aBadRelease(Release good) throws InterruptedException {
        audience.heading("3. Ada pushes a bad one: healthy to look at, but wrong, which only CI's tests find out.");
        Release release = push("Simplify the prices", BAD_PAGE);
        deploy(release);
        WatchResult watched = watch(release, false);
        stopwatch.moment(release, "taken back: " + good + " is live and healthy again");
        require("the verdict", Verdict.FAILURE, watched.verdict());
        require("the outcome", Outcome.ROLLED_BACK, watched.outcome());
        require("the release that the host went back to", good.sha(), watched.rolledBackTo());
        requirePage(GOOD_PAGE);
    }

    private Ending theEnd() throws InterruptedException {
        List<JournalEntry> journal = flows.history(WHOLE_JOURNAL);
        List<String> told = List.of(
                Event.DEPLOY_STARTED.word(),
                Event.DEPLOY_SUCCEEDED.word(),
                Event.VALIDATED.word(),
                Event.DEPLOY_STARTED.word(),
                Event.DEPLOY_SUCCEEDED.word(),
                Event.ROLLBACK_STARTED.word(),
                Event.ROLLBACK_SUCCEEDED.word());
        require(
                "the journal",
                told,
                journal.stream().map(entry -> entry.get("event")).toList());
        return new Ending(host.description(), stopwatch.moments(), journal, stopwatch.elapsed());
    }

    private Release push(String subject, String page) throws InterruptedException {
        Release release = host.shop().push(subject, page);
        host.ci().begin(release.sha());
        stopwatch.pushed();
        stopwatch.moment(release, "pushed; the deployment and CI start");
        audience.say("git push: " + release);
        return release;
    }

    private void deploy(Release release) throws InterruptedException {
        DeployResult deployed = flows.deploy(new DeployRequest(new CommitSha(release.sha()), false));
        require("the deployment", Outcome.DONE, deployed.outcome());
        stopwatch.moment(release, "live and healthy; CI is still running");
        requirePage(release.page());
        audience.say("Live after " + DurationText.format(Duration.ofMillis(deployed.durationMillis()))
                + ". CI is still running; this one takes seconds, real ones take minutes.");
    }

    private WatchResult watch(Release release, boolean ciSucceeds) throws InterruptedException {
        host.ci().end(release.sha(), CI_TIME, ciSucceeds);
        stopwatch.momentAhead(release, CI_TIME, ciSucceeds ? "CI succeeds" : "CI fails: unit-tests");
        CompletableFuture<WatchResult> watch = flows.watch(new CommitSha(release.sha()));
        try {
            return watch.get();
        } catch (InterruptedException aborted) {
            watch.cancel(true);
            throw aborted;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private void requirePage(String expected) throws InterruptedException {
        require("the page", expected, host.site().page());
        showPage();
    }

    private void showPage() throws InterruptedException {
        audience.say(host.site().url() + " shows: " + host.site().page());
    }

    private static void require(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw DeployFirstException.unchanged(
                    "demo: the story went wrong: " + what + " should be \"" + expected + "\" and is \"" + found + "\".",
                    "See the lines above; --keep leaves everything for looking at.");
        }
    }
}

package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.state.Journal;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps a release that was rolled back from coming back by itself. */
final class Rejections {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Environment environment;
    private final FlowContext context;

    Rejections(Environment environment, FlowContext context) {
        this.environment = environment;
        this.context = context;
    }

    /** Refuses a release that was rejected, unless its CI failed then and succeeds now. */
    void refuse(Release release, Journal journal) throws InterruptedException {
        Optional<JournalEntry> rejection = journal.rejection(release.sha());
        if (rejection.isEmpty() || rejection.get().get("cause").equals("ci") && ciSucceeds(release.sha())) {
            return;
        }
        JournalEntry entry = rejection.get();
        // A space keeps the full stop out of the link.
        String ci = entry.get("ci").isEmpty() ? "" : "CI: " + entry.get("ci") + " .";
        throw DeployFirstException.unchanged(
                Sentences.join(
                        "sha: " + release.sha() + " was rolled back on " + environment.name() + " at "
                                + entry.get("time") + ": " + entry.get("reason"),
                        ci),
                "Push a commit that mends it, or set redeployRejected to deploy it all the same.");
    }

    private boolean ciSucceeds(String sha) throws InterruptedException {
        if (context.ciServer().isEmpty()) {
            return false;
        }
        try {
            CiResult result = CiWatch.now(context.ciServer().get(), sha, environment.ciRules(), context.timer())
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return result.verdict() == Verdict.SUCCESS;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}

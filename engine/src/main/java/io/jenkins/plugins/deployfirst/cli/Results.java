package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionResult;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackResult;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Says in a sentence what a flow came to. */
final class Results {
    private static final Pattern SHA = Pattern.compile("[0-9a-fA-F]{8,64}");

    private Results() {}

    static String text(DeployResult result) {
        String start = result.environment() + ": ";
        String time = time(result.durationMillis());
        return switch (result.outcome()) {
            case DONE ->
                start + release(result.sha(), result.tag()) + " is live" + health(result.gate())
                        + was(result.previousSha()) + ", in " + time + ".";
            case ROLLED_BACK ->
                start + abbreviated(result.sha()) + " was taken back after " + time + "; "
                        + abbreviated(result.rolledBackTo()) + " is live.";
            case PERSON_NEEDED -> start + abbreviated(result.sha()) + " failed and could not be taken back.";
            default -> start + abbreviated(result.sha()) + " was not deployed.";
        };
    }

    static String text(PromotionResult result) {
        return result.from() + " -> " + text(result.deployed());
    }

    static String text(RollbackResult result) {
        String start = result.environment() + ": ";
        if (result.superseded()) {
            return start + "another release is live; nothing was changed.";
        }
        return switch (result.outcome()) {
            case DONE ->
                start + release(result.sha(), result.tag()) + " is live again" + health(result.gate())
                        + was(result.previousSha()) + ", in " + time(result.durationMillis()) + ".";
            default -> start + "the rollback failed.";
        };
    }

    static String text(WatchResult result) {
        String release = abbreviated(result.sha());
        String said =
                switch (result.verdict()) {
                    case SUCCESS -> "CI succeeded; " + release + " is validated";
                    case SUPERSEDED -> "another release is live; " + release + " has nothing left to undo";
                    case FAILURE -> "CI failed for " + release + after(result);
                    default -> "CI gave no verdict for " + release + " (" + result.verdict() + ")" + after(result);
                };
        StringBuilder text =
                new StringBuilder(result.environment() + ": " + said + ", in " + time(result.durationMillis()) + ".");
        for (Check check : result.checks()) {
            if (check.state() == Check.State.FAILED) {
                text.append(System.lineSeparator())
                        .append("  ")
                        .append(Printable.oneLine(
                                "failed: " + check.name() + " (" + check.conclusion() + ") " + check.url()));
            }
        }
        return text.toString();
    }

    /** Returns a SHA as people read it, seven digits; what is none as it is; {@code -} where there is nothing. */
    static String abbreviated(String sha) {
        String shown = Printable.oneLine(sha);
        return shown.isEmpty() ? "-" : SHA.matcher(shown).matches() ? shown.substring(0, 7) : shown;
    }

    /** Returns a release as people read it: its SHA, and the tag of its images where it has one of another name. */
    static String release(String sha, String tag) {
        String shown = abbreviated(sha);
        if (tag.isEmpty() || tag.contains(shown)) {
            return shown;
        }
        return sha.isEmpty() ? Printable.oneLine(tag) : shown + " (" + Printable.oneLine(tag) + ")";
    }

    static String attempts(List<Attempt> attempts) {
        TextTable table = new TextTable();
        for (Attempt attempt : attempts) {
            table.row(
                    attempt.healthy() ? "healthy" : attempt.starting() ? "starting" : "unhealthy",
                    attempt.probe(),
                    attempt.status(),
                    attempt.latencyMillis() + " ms",
                    attempt.message());
        }
        return table.toString();
    }

    private static String after(WatchResult result) {
        return result.rolledBackTo().isEmpty()
                ? "; it stays live, not validated"
                : "; " + abbreviated(result.rolledBackTo()) + " is live again";
    }

    private static String health(GateResult gate) {
        if (gate.attempts().isEmpty()) {
            return "";
        }
        return gate.healthy() ? " and healthy" : " and not healthy";
    }

    private static String was(String previousSha) {
        return previousSha.isEmpty() ? "" : " (was " + abbreviated(previousSha) + ")";
    }

    private static String time(long millis) {
        return DurationText.format(Duration.ofMillis(millis));
    }
}

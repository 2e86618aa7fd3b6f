package io.jenkins.plugins.deployfirst.action;

import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps with a build, and says in a line, what a step came to. */
public final class Records {
    private static final int LONGEST = 2000;

    private Records() {}

    /**
     * Keeps with a build that a step which concerns an environment has begun.
     *
     * @param sha the release that it is about, as far as that is known: full, abbreviated or empty
     */
    public static LiveRecord begin(
            Run<?, ?> run, DeploymentRecord.Kind kind, ResolvedEnvironment environment, String sha) {
        return begin(run, kind, environment.environment().name(), environment.ci(), sha, RecordDraft.CONSOLE);
    }

    /**
     * Keeps with a build that a watch has begun, or goes on after a restart.
     *
     * @param ci the server that is asked; its pages of commits are linked to
     * @param sha the full SHA of what is watched
     * @param log the page of its log, from the page of the build; empty: the build's own log
     */
    public static LiveRecord watch(Run<?, ?> run, String environment, Optional<BuildCi> ci, String sha, String log) {
        String page = log.isEmpty() ? RecordDraft.CONSOLE : log;
        return begin(run, DeploymentRecord.Kind.WATCH, environment, ci, sha, page);
    }

    /** Keeps with a build that a step which concerns no environment has begun; {@code url} is what it asks, if anything. */
    public static LiveRecord begin(Run<?, ?> run, DeploymentRecord.Kind kind, String url) {
        Map<String, Object> known = Map.of("url", url);
        LiveRecord live = new LiveRecord(RecordDraft.now(kind, known, RecordDraft.CONSOLE, sha -> ""));
        live.begin(run);
        return live;
    }

    private static LiveRecord begin(
            Run<?, ?> run,
            DeploymentRecord.Kind kind,
            String environment,
            Optional<BuildCi> ci,
            String sha,
            String log) {
        Map<String, Object> known = Map.of("environment", environment, "sha", sha);
        UnaryOperator<String> commitPage = commit ->
                ci.map(server -> server.commitPage(Http.onController(), commit)).orElse("");
        RecordDraft draft = RecordDraft.now(kind, known, log, commitPage);
        LiveRecord live = new LiveRecord(
                begun(run, draft.with(Map.of()), kind).map(draft::as).orElse(draft));
        live.begin(run);
        return live;
    }

    /** Returns the watch of a Jenkins before this one that goes on here. */
    private static Optional<DeploymentRecord> begun(Run<?, ?> run, ResultMap known, DeploymentRecord.Kind kind) {
        return DeploymentAction.recordsOf(run).stream()
                .filter(record -> kind == DeploymentRecord.Kind.WATCH && record.kind() == kind)
                .filter(DeploymentRecord::isBegunOnly)
                .filter(record -> record.getEnvironment().equals(known.text("environment")))
                .filter(record -> record.getSha().equals(known.text("sha")))
                .findFirst();
    }

    /** Returns the last commit that a build put live on an environment; empty when there is none. */
    public static String deployed(Run<?, ?> run, String environment) {
        String sha = "";
        for (DeploymentRecord record : DeploymentAction.recordsOf(run)) {
            if (record.kind() == DeploymentRecord.Kind.DEPLOY
                    && record.getOutcome().equals(Outcome.DONE.name())
                    && record.getEnvironment().equals(environment)) {
                sha = record.getSha();
            }
        }
        return sha;
    }

    /** Says in one line why a flow is not done. */
    public static String sentence(FlowOutcome outcome) {
        String environment = String.valueOf(outcome.map().getOrDefault("environment", ""));
        String start = environment.isEmpty() || outcome.error().contains(environment) ? "" : environment + ": ";
        return OneLine.of(start + outcome.error(), LONGEST);
    }
}

package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.EngineJson;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is kept of a watch in the background, so that the next Jenkins goes on with it. */
final class WatchState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String build;
    private final String id;
    private final String environment;
    private final EnvironmentDefinition definition;
    private final String sha;
    private final String node;
    private final Map<String, String> docker;
    private final long startedAt;
    private final String verdict;

    /**
     * Makes that of a watch that waits for CI.
     *
     * @param id unlike that of any other watch of the build; names its page and its log
     * @param startedAt when the watch began, in milliseconds since 1970
     */
    WatchState(Run<?, ?> run, String id, WatchOrder order, long startedAt) {
        this(run.getExternalizableId(), id, order, startedAt, null);
    }

    private WatchState(String build, String id, WatchOrder order, long startedAt, @CheckForNull String verdict) {
        this.build = build;
        this.id = id;
        this.environment = order.environment();
        this.definition = order.definition();
        this.sha = order.sha();
        this.node = order.node();
        this.docker = new LinkedHashMap<>(order.docker());
        this.startedAt = startedAt;
        this.verdict = verdict;
    }

    /** Returns the same under the name that the build's job has now. */
    WatchState of(Run<?, ?> run) {
        return new WatchState(run.getExternalizableId(), id(), order(), startedAt, verdict);
    }

    /** Returns the same with what CI said, which could not be acted on because the host was away. */
    WatchState with(CiResult ci) {
        return new WatchState(build(), id(), order(), startedAt, EngineJson.write(ci, CiResult.class));
    }

    /** Returns the build; null when it exists no more. */
    @CheckForNull
    Run<?, ?> run() {
        try {
            return Run.fromExternalizableId(build());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    // A file that was damaged may lack any of it.

    /** Returns the build's job and number, as {@link Run#getExternalizableId} tells them. */
    String build() {
        return Util.fixNull(build);
    }

    String id() {
        return Util.fixNull(id);
    }

    WatchOrder order() {
        return new WatchOrder(environment(), definition, sha(), node, docker);
    }

    String environment() {
        return Util.fixNull(environment);
    }

    String sha() {
        return Util.fixNull(sha);
    }

    /** Returns what CI said, if that could not be acted on because the host was away. */
    Optional<CiResult> verdict() {
        return Optional.ofNullable(verdict).map(json -> EngineJson.read(json, CiResult.class));
    }

    long startedAt() {
        return startedAt;
    }
}

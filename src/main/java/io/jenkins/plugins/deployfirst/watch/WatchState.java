package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import java.io.Serializable;

/** What is kept of a watch in the background, so that the next Jenkins goes on with it. */
final class WatchState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String build;
    private final String id;
    private final String environment;
    private final EnvironmentDefinition definition;
    private final String sha;
    private final String node;
    private final long startedAt;

    /**
     * Makes it.
     *
     * @param id unlike that of any other watch of the build; names its page and its log
     * @param startedAt when the watch began, in milliseconds since 1970
     */
    WatchState(Run<?, ?> run, String id, WatchOrder order, long startedAt) {
        this.build = run.getExternalizableId();
        this.id = id;
        this.environment = order.environment();
        this.definition = order.definition();
        this.sha = order.sha();
        this.node = order.node();
        this.startedAt = startedAt;
    }

    /** Returns the same under the name that the build's job has now. */
    WatchState of(Run<?, ?> run) {
        return new WatchState(run, id(), order(), startedAt);
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
        return new WatchOrder(environment(), definition, sha(), node);
    }

    String environment() {
        return Util.fixNull(environment);
    }

    String sha() {
        return Util.fixNull(sha);
    }

    long startedAt() {
        return startedAt;
    }
}

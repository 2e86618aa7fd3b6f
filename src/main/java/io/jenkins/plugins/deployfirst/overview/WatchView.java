package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A watch that waits for CI, as far as the current user may see who watches. */
@ExportedBean(defaultVisibility = 4)
public final class WatchView {
    private final String sha;
    private final Instant until;
    private final Actor watcher;

    /**
     * Makes it.
     *
     * @param sha the full SHA
     * @param until when it ends at the latest
     */
    WatchView(String sha, Instant until, Actor watcher) {
        this.sha = sha;
        this.until = until;
        this.watcher = watcher;
    }

    /** Names a build, if the current user may see it. */
    static Actor watcher(Run<?, ?> run) {
        return run.getParent().hasPermission(Item.READ)
                ? new Actor(run.getFullDisplayName(), run.getUrl())
                : new Actor(Messages.Actor_hidden(), "");
    }

    @Exported
    public String getSha() {
        return sha;
    }

    public String getShortSha() {
        return new CommitSha(sha).abbreviated();
    }

    /** Returns when it ends at the latest, in ISO 8601. */
    @Exported
    public String getUntil() {
        return until.toString();
    }

    /** Returns how long it goes on at most, in the words of Jenkins. */
    public String getLeft() {
        return new Moment(until.toEpochMilli()).getLeft();
    }

    /** Returns the build or the operation that watches. */
    @Exported
    public String getWatcher() {
        return watcher.text();
    }

    /** Returns its address below Jenkins' own; null when it may not be seen. */
    @CheckForNull
    public String getLink() {
        return watcher.isLink() ? watcher.url() : null;
    }
}

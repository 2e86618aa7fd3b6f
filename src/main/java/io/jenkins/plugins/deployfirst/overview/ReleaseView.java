package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.action.WebAddress;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.deploy.Commit;
import java.util.regex.Pattern;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A release on the page and in the REST API; what is not known of it is empty. */
@ExportedBean(defaultVisibility = 4)
public final class ReleaseView {
    private static final Pattern FULL_SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final Commit commit;
    private final String tag;
    private final String url;

    /**
     * Makes it.
     *
     * @param url the commit's page on the server that runs its CI; empty where there is none
     */
    ReleaseView(Commit commit, String tag, String url) {
        this.commit = commit;
        this.tag = tag;
        this.url = url;
    }

    /** Returns the full SHA. */
    @Exported
    public String getSha() {
        return commit.sha();
    }

    @Exported
    public String getShortSha() {
        return isFullSha(commit.sha()) ? new CommitSha(commit.sha()).abbreviated() : commit.sha();
    }

    static boolean isFullSha(String text) {
        return FULL_SHA.matcher(text).matches();
    }

    /** Returns the tag of its images; empty in a checkout. */
    @Exported
    public String getTag() {
        return tag;
    }

    /** Returns the first line of its commit message. */
    @Exported
    public String getSubject() {
        return commit.subject();
    }

    @Exported
    public String getAuthor() {
        return commit.author();
    }

    /** Returns when it was committed, in ISO 8601. */
    @Exported
    public String getTime() {
        return commit.time();
    }

    /** Returns its page on the server that runs its CI; empty when there is none. */
    @Exported
    public String getUrl() {
        return url;
    }

    public boolean isLink() {
        return WebAddress.isSafe(url);
    }

    public Moment getMoment() {
        return Moment.parse(commit.time());
    }

    public boolean isKnown() {
        return !commit.sha().isEmpty() || !tag.isEmpty();
    }

    /** Returns whether the tag says something that the SHA does not. */
    public boolean isTagShown() {
        return !tag.isEmpty() && (commit.sha().isEmpty() || !tag.contains(getShortSha()));
    }

    /** Returns its name as people say it. */
    public String getName() {
        if (commit.sha().isEmpty()) {
            return tag;
        }
        return isTagShown() ? getShortSha() + " (" + tag + ")" : getShortSha();
    }
}

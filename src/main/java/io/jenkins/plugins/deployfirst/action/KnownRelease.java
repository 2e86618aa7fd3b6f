package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.util.Date;

/** The release that an environment runs, or that is the last validated one there, as the builds of a job tell it. */
public final class KnownRelease {
    private final String sha;
    private final CommitRecord commit;
    private final Run<?, ?> run;
    private final long sinceMillis;

    /**
     * Makes it.
     *
     * @param commit what is known of it; null when that is nothing
     * @param run the build that deployed it, or else told it first
     * @param sinceMillis when it became so, in milliseconds since 1970
     */
    KnownRelease(String sha, @CheckForNull CommitRecord commit, Run<?, ?> run, long sinceMillis) {
        this.sha = sha;
        this.commit = commit;
        this.run = run;
        this.sinceMillis = sinceMillis;
    }

    public String getSha() {
        return sha;
    }

    public String getShortSha() {
        return Sha.abbreviated(sha);
    }

    @CheckForNull
    public CommitRecord getCommit() {
        return commit;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getIsoDate() {
        return Times.iso(sinceMillis);
    }

    public Date getDate() {
        return new Date(sinceMillis);
    }

    public String getAge() {
        return Times.ago(sinceMillis);
    }
}

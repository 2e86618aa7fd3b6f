package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.util.Date;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A release that a build has put live somewhere, or tried to, and what has become of it. */
@ExportedBean(defaultVisibility = 2)
public final class ShownRelease {
    private final Run<?, ?> run;
    private final DeploymentRecord deployment;
    private final CommitRecord commit;
    private Fate fate;
    private String reason;
    private long rollbackMillis;

    ShownRelease(Run<?, ?> run, DeploymentRecord deployment, @CheckForNull CommitRecord commit) {
        this.run = run;
        this.deployment = deployment;
        this.commit = commit;
        this.fate = Fate.of(deployment);
        this.reason = deployment.getError();
        this.rollbackMillis = WayBack.durationMillis(deployment);
    }

    /** Takes a newer word of what has become of it. */
    void become(Fate newFate, String why) {
        fate = newFate;
        reason = why;
    }

    /** Notes why its CI gave no verdict; it stays what it was. */
    void note(String why) {
        reason = why;
    }

    void takenBack(String why, long tookMillis) {
        become(Fate.TAKEN_BACK, why);
        rollbackMillis = tookMillis;
    }

    /** Another release went live: of one that CI has said nothing about, that is the end. */
    void supersede() {
        if (fate == Fate.LIVE) {
            fate = Fate.SUPERSEDED;
        }
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Exported
    public int getBuild() {
        return run.getNumber();
    }

    @Exported
    public String getEnvironment() {
        return deployment.getEnvironment();
    }

    /** Returns the full SHA; empty when it failed before that was known. */
    @Exported
    public String getSha() {
        return deployment.getSha();
    }

    public String getShortSha() {
        return Sha.abbreviated(getSha());
    }

    /** Returns what is known of the commit; null when that is nothing. */
    @CheckForNull
    @Exported
    public CommitRecord getCommit() {
        return commit;
    }

    @Exported
    public Fate getFate() {
        return fate;
    }

    /** Returns why, in one line; empty when there is nothing to explain. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** Returns when its deployment began, in milliseconds since 1970. */
    @Exported
    public long getTimestamp() {
        return deployment.getStartMillis();
    }

    /** Returns how long it took to go live, or until that failed, in milliseconds. */
    @Exported
    public long getDeployMillis() {
        long whole = deployment.getDurationMillis();
        return deployment.getOutcome().equals("ROLLED_BACK") ? Math.max(0, whole - rollbackMillis) : whole;
    }

    /** Returns how long it took to go back from it, in milliseconds; zero when that was not done, or is not known. */
    @Exported
    public long getRollbackMillis() {
        return rollbackMillis;
    }

    public String getDeployDuration() {
        return Times.text(getDeployMillis());
    }

    public String getRollbackDuration() {
        return Times.text(rollbackMillis);
    }

    public String getIsoDate() {
        return Times.iso(getTimestamp());
    }

    public Date getDate() {
        return new Date(getTimestamp());
    }

    public String getAge() {
        return Times.ago(getTimestamp());
    }
}

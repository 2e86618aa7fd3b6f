package io.jenkins.plugins.deployfirst.action;

import hudson.model.InvisibleAction;
import hudson.model.Job;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a job's builds deployed lately: live and validated release of each environment, and the last releases with their
 * fate. Reads builds only when it is asked, because every job has one; so the REST API tells it with {@code depth=1} or by
 * {@code tree=actions[environments[*]]}. Asks no host.
 */
@ExportedBean
public final class JobDeployments extends InvisibleAction {
    private final Job<?, ?> job;

    JobDeployments(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns what is known of each environment, by the newest that the builds say. */
    @Exported
    public List<EnvironmentSummary> getEnvironments() {
        return EnvironmentSummary.of(JobRecords.of(job));
    }

    /** Returns the last releases, newest first. */
    @Exported
    public List<ShownRelease> getReleases() {
        return ReleaseHistory.of(JobRecords.of(job));
    }

    /** Returns the last changes of environments, newest first. */
    @Exported
    public List<BuildRecord> getHistory() {
        return JobRecords.of(job).changes().limit(JobRecords.RELEASES).toList();
    }

    /** Returns what the page of the job shows. */
    public JobPage getPage() {
        return new JobPage(JobRecords.of(job));
    }
}

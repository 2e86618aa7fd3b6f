package io.jenkins.plugins.deployfirst.action;

import java.util.List;

/** What the page of a job shows of its deployments, read once. */
public final class JobPage {
    private final List<EnvironmentSummary> environments;
    private final List<ShownRelease> releases;
    private final DurationChart chart;

    JobPage(JobRecords records) {
        this.environments = EnvironmentSummary.of(records);
        this.releases = ReleaseHistory.of(records);
        this.chart = new DurationChart(releases);
    }

    public List<EnvironmentSummary> getEnvironments() {
        return environments;
    }

    /** Returns the last releases, newest first. */
    public List<ShownRelease> getReleases() {
        return releases;
    }

    public DurationChart getChart() {
        return chart;
    }
}

package io.jenkins.plugins.deployfirst.action;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the last builds of a job have kept of deployments, read once for a page. */
final class JobRecords {
    /** How many releases a page shows. */
    static final int RELEASES = 20;

    /** No more than the page of any job loads anyway, so that it stays fast for a job with ten thousand builds. */
    private static final int BUILDS = 30;

    /** Of a job that deploys, but not in every build, further ones are looked at. */
    private static final int MOST_BUILDS = 100;

    private final List<BuildRecord> records = new ArrayList<>();
    private final List<News> news = new ArrayList<>();
    private int builds;
    private int releases;

    private JobRecords(Job<?, ?> job) {
        for (Run<?, ?> run : job.getBuilds().limit(MOST_BUILDS)) {
            if (isEnough()) {
                break;
            }
            read(run);
        }
        // Not by build: a watch in the background may end long after its build.
        records.sort(
                Comparator.comparingLong((BuildRecord known) -> known.record().getEndMillis())
                        .reversed());
    }

    static JobRecords of(Job<?, ?> job) {
        return new JobRecords(job);
    }

    private boolean isEnough() {
        boolean deploysRarely = releases > 0 && releases < RELEASES;
        return builds >= BUILDS && !deploysRarely;
    }

    private void read(Run<?, ?> run) {
        builds++;
        for (DeploymentRecord record : DeploymentAction.recordsOf(run)) {
            records.add(new BuildRecord(run, record));
            releases += record.kind() == DeploymentRecord.Kind.DEPLOY ? 1 : 0;
            news.add(new News(
                    record.getEndMillis(),
                    record.getEnvironment(),
                    record.getLiveSha(),
                    record.getValidatedSha(),
                    run));
        }
        for (ValidatedShaAction action : run.getActions(ValidatedShaAction.class)) {
            news.add(new News(
                    action.getTimestamp(), action.getEnvironment(), action.getLiveSha(), action.getSha(), run));
        }
    }

    /** Returns all of them, newest first. */
    List<BuildRecord> all() {
        return List.copyOf(records);
    }

    /** Returns those about an environment, newest first, without mere looks at its health. */
    Stream<BuildRecord> changes() {
        return records.stream()
                .filter(known -> !known.record().getEnvironment().isEmpty())
                .filter(known -> known.record().kind() != DeploymentRecord.Kind.HEALTH);
    }

    /** Returns what was known of environments at times, newest first. */
    Stream<News> news() {
        return news.stream()
                .filter(known -> !known.environment().isEmpty())
                .sorted(Comparator.comparingLong(News::millis).reversed());
    }

    /** Returns what is known of commits, by their SHA. */
    Map<String, CommitRecord> commits() {
        Map<String, CommitRecord> bySha = new HashMap<>();
        records.stream()
                .flatMap(known -> known.record().getCommits().stream())
                .forEach(commit -> bySha.putIfAbsent(commit.getSha(), commit));
        return bySha;
    }

    /** Returns the last build that has put a release live. */
    Optional<Run<?, ?>> deployed(String environment, String sha) {
        return changes()
                .filter(known -> known.record().kind() == DeploymentRecord.Kind.DEPLOY)
                .filter(known -> known.record().getOutcome().equals(Outcome.DONE.name()))
                .filter(known -> known.record().getEnvironment().equals(environment))
                .filter(known -> known.record().getSha().equals(sha))
                .<Run<?, ?>>map(BuildRecord::run)
                .findFirst();
    }

    /** What was known of an environment at a time, and the build that knew it; empty where nothing was. */
    record News(long millis, String environment, String live, String validated, Run<?, ?> run) {}
}

package io.jenkins.plugins.deployfirst.action;

import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a job's builds deployed lately: live and validated release of each environment, and the recent history. Reads
 * builds only when it is asked, because every job has one; so the REST API tells it with {@code depth=1} or by
 * {@code tree=actions[environments[*]]}.
 */
@ExportedBean
public final class JobDeployments extends InvisibleAction {
    /** No more than the job's page loads anyway, so that it stays fast for a job with ten thousand builds. */
    private static final int BUILDS = 30;

    private static final int ENTRIES = 20;

    private final Job<?, ?> job;

    JobDeployments(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns the last changes of environments, newest first. */
    @Exported
    public List<Entry> getHistory() {
        return entries().stream()
                .filter(entry -> entry.record.kind() != DeploymentRecord.Kind.HEALTH)
                .limit(ENTRIES)
                .toList();
    }

    /** Returns what is known of each environment, by the newest that the builds say. */
    @Exported
    public List<EnvironmentSummary> getEnvironments() {
        Map<String, EnvironmentSummary> environments = new LinkedHashMap<>();
        news().stream()
                .sorted(Comparator.comparingLong(News::millis).reversed())
                .filter(news -> !news.environment.isEmpty())
                .forEach(news -> environments
                        .computeIfAbsent(news.environment, EnvironmentSummary::new)
                        .learn(news.live, news.validated));
        return new ArrayList<>(environments.values());
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Run<?, ?> run : recent()) {
            DeploymentAction action = run.getAction(DeploymentAction.class);
            if (action != null) {
                action.getRecords().forEach(record -> entries.add(new Entry(run, record)));
            }
        }
        // Not by build: a watch in the background may end long after its build.
        entries.sort(Comparator.comparingLong((Entry entry) -> entry.record.getEndMillis())
                .reversed());
        return entries;
    }

    private List<News> news() {
        List<News> news = new ArrayList<>();
        for (Entry entry : entries()) {
            DeploymentRecord record = entry.record;
            news.add(new News(
                    record.getEndMillis(), record.getEnvironment(), record.getLiveSha(), record.getValidatedSha()));
        }
        for (Run<?, ?> run : recent()) {
            for (ValidatedShaAction action : run.getActions(ValidatedShaAction.class)) {
                news.add(
                        new News(action.getTimestamp(), action.getEnvironment(), action.getLiveSha(), action.getSha()));
            }
        }
        return news;
    }

    private Iterable<? extends Run<?, ?>> recent() {
        return job.getBuilds().limit(BUILDS);
    }

    /** What was known of an environment at a time; empty where nothing was. */
    private record News(long millis, String environment, String live, String validated) {}

    /** A record and the build that it belongs to. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Entry {
        private final Run<?, ?> run;
        private final DeploymentRecord record;

        private Entry(Run<?, ?> run, DeploymentRecord record) {
            this.run = run;
            this.record = record;
        }

        public Run<?, ?> getRun() {
            return run;
        }

        @Exported
        public int getBuild() {
            return run.getNumber();
        }

        @Exported
        public DeploymentRecord getRecord() {
            return record;
        }
    }
}

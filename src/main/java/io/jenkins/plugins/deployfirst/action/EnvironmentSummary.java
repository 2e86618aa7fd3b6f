package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The newest that a job's builds tell of an environment. */
@ExportedBean(defaultVisibility = 3)
public final class EnvironmentSummary {
    private final String name;
    private final KnownRelease live;
    private final KnownRelease validated;

    private EnvironmentSummary(String name, List<JobRecords.News> news, JobRecords records) {
        this.name = name;
        this.live = newest(news, JobRecords.News::live, records);
        this.validated = newest(news, JobRecords.News::validated, records);
    }

    /** Returns one for each environment, the one that was changed last first. */
    static List<EnvironmentSummary> of(JobRecords records) {
        Map<String, List<JobRecords.News>> byName = new LinkedHashMap<>();
        records.news()
                .forEach(news -> byName.computeIfAbsent(news.environment(), name -> new ArrayList<>())
                        .add(news));
        return byName.entrySet().stream()
                .map(entry -> new EnvironmentSummary(entry.getKey(), entry.getValue(), records))
                .toList();
    }

    /** Returns the newest release that is told; it has been so since the first word of it without another in between. */
    @CheckForNull
    private static KnownRelease newest(
            List<JobRecords.News> news, Function<JobRecords.News, String> asked, JobRecords records) {
        List<JobRecords.News> told =
                news.stream().filter(one -> !asked.apply(one).isEmpty()).toList();
        if (told.isEmpty()) {
            return null;
        }
        String sha = asked.apply(told.get(0));
        Predicate<JobRecords.News> same = one -> asked.apply(one).equals(sha);
        JobRecords.News first =
                told.stream().takeWhile(same).reduce((newer, older) -> older).orElseThrow();
        Run<?, ?> run = records.deployed(first.environment(), sha).orElse(first.run());
        return new KnownRelease(sha, records.commits().get(sha), run, first.millis());
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Returns the full SHA; empty when the builds do not tell. */
    @Exported
    public String getLive() {
        return live == null ? "" : live.getSha();
    }

    /** Returns the full SHA; empty when the builds do not tell. */
    @Exported
    public String getValidated() {
        return validated == null ? "" : validated.getSha();
    }

    /** Returns what is live; null when the builds do not tell. */
    @CheckForNull
    public KnownRelease getLiveRelease() {
        return live;
    }

    /** Returns the last validated release; null when the builds do not tell. */
    @CheckForNull
    public KnownRelease getValidatedRelease() {
        return validated;
    }

    /** Returns whether what is live is known to be the validated release. */
    public boolean isLiveValidated() {
        return live != null && getLive().equals(getValidated());
    }
}

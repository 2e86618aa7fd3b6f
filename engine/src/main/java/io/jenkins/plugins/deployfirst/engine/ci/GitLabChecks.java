package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.GitLabJson.Job;
import io.jenkins.plugins.deployfirst.engine.ci.GitLabJson.Pipeline;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which of a commit's jobs and pipelines on GitLab count, and what they say.
 *
 * <p>The last pipeline of a branch, tag or merge request counts, and in it the last run of each job. A pipeline is a check
 * of its own where it tells more than its jobs: it could not be made of its configuration, a downstream pipeline that it
 * waits for ({@code strategy: depend}) failed, or it goes on although all its jobs are done. Downstream pipelines that it
 * does not wait for count as little as they do for GitLab's own verdict.
 */
final class GitLabChecks {
    private final Map<Long, Pipeline> pipelines;
    private final Collection<Pipeline> latest;
    private final Collection<Job> jobs;

    GitLabChecks(List<Pipeline> pipelines, List<Job> jobs) {
        this.pipelines = pipelines.stream()
                .collect(Collectors.toMap(Pipeline::id, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        this.latest = latest(pipelines, Pipeline::series, Pipeline::id).values();
        this.jobs = latest(jobs.stream().filter(this::counts).toList(), this::key, Job::id)
                .values();
    }

    /** Returns what counts. A pipeline that is skipped, with no job, is one that the commit's message asked to skip. */
    CiSnapshot snapshot() {
        List<Check> checks = Stream.concat(
                        jobs.stream().map(this::check),
                        latest.stream().filter(this::tellsMore).map(GitLabChecks::check))
                .toList();
        return new CiSnapshot(checks, checks.isEmpty() && latest.stream().anyMatch(Pipeline::isSkipped));
    }

    /** A job of a pipeline that is not known (yet) counts: no failure is to be hidden. */
    private boolean counts(Job job) {
        return pipelineOf(job).map(latest::contains).orElse(true);
    }

    private Optional<Pipeline> pipelineOf(Job job) {
        return Optional.ofNullable(pipelines.get(job.pipeline()));
    }

    private String key(Job job) {
        return "job/" + pipelineOf(job).map(Pipeline::series).orElse("/" + job.ref()) + "/" + job.identity();
    }

    private Check check(Job job) {
        return new Check(key(job), job.name(), state(job), job.word(), job.url());
    }

    /** What comes after a manual job that everything waits for is started by a person as well. */
    private State state(Job job) {
        boolean held = job.isCreated()
                && pipelineOf(job).filter(Pipeline::waitsForPerson).isPresent();
        return held ? State.NEUTRAL : job.state();
    }

    private static Check check(Pipeline pipeline) {
        String name = "Pipeline" + (pipeline.source().isEmpty() ? "" : " (" + pipeline.source() + ")");
        return new Check("pipeline/" + pipeline.series(), name, pipeline.state(), pipeline.word(), pipeline.url());
    }

    private boolean tellsMore(Pipeline pipeline) {
        State state = pipeline.state();
        return (state == State.FAILED || state == State.PENDING)
                && jobs.stream()
                        .filter(job -> isOf(job, pipeline))
                        .map(this::state)
                        .noneMatch(state::equals);
    }

    private static boolean isOf(Job job, Pipeline pipeline) {
        return job.pipeline() == 0 ? job.ref().equals(pipeline.ref()) : job.pipeline() == pipeline.id();
    }

    private static <T> Map<String, T> latest(List<T> runs, Function<T, String> key, Function<T, Long> id) {
        BinaryOperator<T> later = (one, other) -> id.apply(one) > id.apply(other) ? one : other;
        return runs.stream().collect(Collectors.toMap(key, Function.identity(), later, LinkedHashMap::new));
    }
}

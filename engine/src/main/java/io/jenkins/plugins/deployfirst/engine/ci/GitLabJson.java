package io.jenkins.plugins.deployfirst.engine.ci;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;

/**
 * Turns the entries of GitLab's lists into jobs and pipelines.
 *
 * @see <a href="https://docs.gitlab.com/api/jobs/#job-status-values">the states of jobs</a>
 * @see <a href="https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable">the sources of
 *     pipelines</a>
 */
final class GitLabJson {
    private GitLabJson() {}

    /**
     * A job of a pipeline, or what another system reports.
     *
     * @param id grows with every run
     * @param pipeline its pipeline's id; 0 where GitLab does not tell, as those before version 16 do not
     * @param ref the branch, tag or merge request
     * @param name as people know it
     * @param identity the whole name
     * @param word the state, in GitLab's own word
     * @param mayFail whether its failure does not count
     */
    record Job(
            long id,
            long pipeline,
            String ref,
            String name,
            String identity,
            String word,
            boolean mayFail,
            String url) {

        /** What is unknown is pending: a word that GitLab adds one day must neither validate nor take back. */
        State state() {
            return switch (word) {
                case "success" -> State.SUCCEEDED;
                case "failed", "canceled" -> mayFail ? State.NEUTRAL : State.FAILED;
                // A person may start it one day, or never.
                case "skipped", "manual" -> State.NEUTRAL;
                default -> State.PENDING;
            };
        }

        boolean isCreated() {
            return word.equals("created");
        }
    }

    /**
     * A run of the project's CI for the commit.
     *
     * @param id grows with every run
     * @param ref the branch, tag or merge request
     * @param source what started it
     * @param word the state, in GitLab's own word
     */
    record Pipeline(long id, String ref, String source, String word, String url) {
        /**
         * Returns what a later pipeline must share with it to take its place. What a schedule runs, and what other
         * systems report, is not run again by a push.
         */
        String series() {
            return switch (source) {
                case "external", "schedule" -> source + "/" + ref;
                default -> "/" + ref;
            };
        }

        State state() {
            return switch (word) {
                case "success" -> State.SUCCEEDED;
                case "failed", "canceled" -> State.FAILED;
                case "skipped", "manual" -> State.NEUTRAL;
                default -> State.PENDING;
            };
        }

        boolean isSkipped() {
            return word.equals("skipped");
        }

        /** Returns whether it goes on only when a person starts a job. */
        boolean waitsForPerson() {
            return word.equals("manual");
        }
    }

    static Job job(JsonNode status) {
        long id = CiJson.number(status, "id");
        CiJson.text(status, "status");
        return new Job(
                id,
                status.path("pipeline_id").asLong(0),
                status.path("ref").asText(""),
                CiJson.name(status, "name"),
                CiJson.identity(status, "name", id),
                CiJson.word(status, "status"),
                status.path("allow_failure").asBoolean(false),
                CiJson.link(status, "target_url"));
    }

    static Pipeline pipeline(JsonNode pipeline) {
        CiJson.text(pipeline, "status");
        return new Pipeline(
                CiJson.number(pipeline, "id"),
                pipeline.path("ref").asText(""),
                CiJson.word(pipeline, "source"),
                CiJson.word(pipeline, "status"),
                CiJson.link(pipeline, "web_url"));
    }
}

package io.jenkins.plugins.deployfirst.action;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What is known of a step from its beginning.
 *
 * @param id tells it from every other step
 * @param kind which kind of step it is
 * @param startMillis when it began, in milliseconds since 1970
 * @param log the page of its log, from the page of the build: {@code console}, or that of a watch in the background
 * @param known what its result will tell too, under the same keys: {@code environment}, {@code sha}, {@code url}
 * @param commitPage tells the page of a commit by its full SHA; empty where there is none
 */
record RecordDraft(
        String id,
        DeploymentRecord.Kind kind,
        long startMillis,
        String log,
        Map<String, Object> known,
        UnaryOperator<String> commitPage) {
    static final String CONSOLE = "console";

    /** Begins now, with the build's own log. */
    static RecordDraft now(
            DeploymentRecord.Kind kind, Map<String, Object> known, String log, UnaryOperator<String> commitPage) {
        return new RecordDraft(UUID.randomUUID().toString(), kind, System.currentTimeMillis(), log, known, commitPage);
    }

    /** Goes on with what was begun before. */
    RecordDraft as(DeploymentRecord begun) {
        return new RecordDraft(begun.getId(), kind, begun.getStartMillis(), log, known, commitPage);
    }

    /** Returns what is known, with what the result tells. */
    ResultMap with(Map<String, Object> result) {
        Map<String, Object> all = new LinkedHashMap<>(known);
        all.putAll(result);
        return new ResultMap(all);
    }
}
